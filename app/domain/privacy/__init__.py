"""Words and rules of the privacy desk: processing, consent, notices; standard library only."""
