"""From a user's file to records and problems, without ever guessing.

`files` opens a file safely and gives sheets or blocks of text; `tables` recognises tables of scores;
`documents` reads
the report of one body; `matching` finds the bodies that names mean. What is not understood becomes a
`Problem` with its place, never silence.
"""
