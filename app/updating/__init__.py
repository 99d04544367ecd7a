"""Updates by The Update Framework (https://theupdateframework.io/specification/1.0.34/): the only home of `tuf`."""
