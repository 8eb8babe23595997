"""Files people take home; every one of them carries where its figures come from."""
