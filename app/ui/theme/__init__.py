"""The look: colours, measures, fonts and icons, all from one file of tokens (`resources/themes/tokens.json`)."""
