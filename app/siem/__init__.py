"""Where the audit log goes besides the office: lines for a file, messages for a SIEM, each from its last place on."""
