#!/bin/sh
# Build, sign, package and notarise Tirai for macOS. Written for a Mac with Xcode's command line tools, and never run.
#
# Needs: TIRAI_APP_IDENTITY ("Developer ID Application: ..."), TIRAI_PKG_IDENTITY ("Developer ID Installer: ..."), and
# TIRAI_NOTARY_PROFILE, a profile that `xcrun notarytool store-credentials` keeps in the keychain. No secret stands here
# or on a command line. Run it in a checkout, in an environment made from requirements/runtime.txt and package.txt.
set -eu
cd "$(dirname "$0")/../.."
here=packaging/macos
out=build/macos
: "${TIRAI_APP_IDENTITY:?}" "${TIRAI_PKG_IDENTITY:?}" "${TIRAI_NOTARY_PROFILE:?}"
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' app/__init__.py)
[ "$(uname -s)" = Darwin ] || { echo "This runs on a Mac." >&2; exit 5; }

mkdir -p "$out"
PYTHONHASHSEED=1 SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) \
  pyinstaller --noconfirm --clean --distpath "$out" --workpath "$out/work" "$here/tirai.spec"
app="$out/Tirai.app"

# Inside out: libraries, then the program with its entitlements, then the bundle. `--deep` is no way to sign (TN2206).
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
  xargs -0 codesign --force --timestamp --options runtime --sign "$TIRAI_APP_IDENTITY"
find "$app/Contents/Frameworks" -maxdepth 1 -name '*.framework' -print0 2>/dev/null |
  xargs -0 -n 1 codesign --force --timestamp --options runtime --sign "$TIRAI_APP_IDENTITY"
codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" \
  --sign "$TIRAI_APP_IDENTITY" "$app"
codesign --verify --strict --verbose=2 "$app"

pkg="$out/tirai-console-$version.pkg"
pkgbuild --component "$app" --install-location /Applications --identifier org.tirai.console --version "$version" \
  --ownership recommended --sign "$TIRAI_PKG_IDENTITY" --timestamp "$pkg"
xcrun notarytool submit "$pkg" --keychain-profile "$TIRAI_NOTARY_PROFILE" --wait
xcrun stapler staple "$pkg"
spctl --assess --type install --verbose=2 "$pkg"
shasum -a 256 "$pkg"
