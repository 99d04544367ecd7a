"""The console's side of the privacy desk: what its pages ask of the office, a property of `PrivacyDesk` for each."""
