"""The page นำเข้าข้อมูล: what a person has brought and decided (`draft`), and one module per step."""
