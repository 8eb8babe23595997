"""What a page draws beside its views: its own controls, cards and buttons, one module per page."""
