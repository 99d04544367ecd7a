"""The note scanner: finds numbers of persons in free text, however they are spaced, and says what stays of them."""
