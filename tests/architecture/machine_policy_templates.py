"""Templates for the machine policy, from its table: ADMX and ADML for Windows, a sample profile for macOS.

The form of ADMX and ADML: Microsoft, "Group Policy ADMX Syntax Reference Guide". A boolean is a policy that is enabled
(1) or disabled (0); everything else has one element. Each level a setting may have is a policy of its own.
"""

import plistlib
import uuid
from xml.etree import ElementTree as Tree

from app.domain.machine_policy.setting import Group, Kind, Level, Setting, Tighter
from app.domain.machine_policy.settings import SETTINGS
from app.storage.machine_policy.preferences import DOMAIN, RECOMMENDED
from app.storage.machine_policy.registry import POLICIES

SCHEMA = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
NAMESPACE = "Tirai.Policies.Console"
LANGUAGES = {"en": "en-US", "id": "id-ID"}
_ROOT = {"revision": "1.0", "schemaVersion": "1.0"}
GROUPS: dict[Group, tuple[str, str]] = {
    Group.OFFICE: ("Gateway and office", "Gateway dan kantor"),
    Group.SESSION: ("Sessions", "Sesi"),
    Group.SCREEN: ("Screens", "Layar"),
    Group.LEAVING: ("What leaves the screen", "Yang keluar dari layar"),
    Group.DESK: ("At the desk", "Di meja"),
    Group.PROGRAM: ("Program", "Program"),
}
_WORDS = {
    "tirai": ("Tirai", "Tirai"),
    "recommended": ("Recommended: until a person chooses", "Disarankan: hingga seseorang memilih"),
    "supported": ("Tirai 0.1 or newer", "Tirai 0.1 atau lebih baru"),
    "about": (
        "What IT settles for a workstation of Tirai. A value that is wrong lets nobody sign in: try it on one "
        "workstation with: tirai policy show",
        "Hal yang diatur IT untuk komputer Tirai. Nilai yang salah membuat tidak ada yang bisa masuk: coba dahulu "
        "di satu komputer dengan: tirai policy show",
    ),
    "not_set": ("Not configured: nothing is settled.", "Tidak dikonfigurasi: tidak ada yang diatur."),
    "as_program": (
        "Enabled says what Tirai does anyway; Disabled forbids it.",
        "Diaktifkan berarti seperti bawaan Tirai; Dinonaktifkan melarangnya.",
    ),
    "on_only": (
        "Enabled demands it; Disabled says what Tirai does anyway.",
        "Diaktifkan mewajibkannya; Dinonaktifkan berarti seperti bawaan Tirai.",
    ),
}


def policies() -> list[tuple[Setting, Level, str]]:
    """Each policy of the template: setting, level and name."""
    found = []
    for setting in SETTINGS:
        for level in (one for one in Level if one in setting.levels):
            found.append((setting, level, setting.key if level is Level.MANDATORY else f"{setting.key}_recommended"))
    return found


def admx() -> str:
    """The template without words."""
    root = Tree.Element("policyDefinitions", {"xmlns": SCHEMA, **_ROOT})
    spaces = Tree.SubElement(root, "policyNamespaces")
    Tree.SubElement(spaces, "target", {"prefix": "tirai", "namespace": NAMESPACE})
    Tree.SubElement(spaces, "using", {"prefix": "windows", "namespace": "Microsoft.Policies.Windows"})
    Tree.SubElement(root, "resources", {"minRequiredRevision": "1.0"})
    supported = Tree.SubElement(Tree.SubElement(root, "supportedOn"), "definitions")
    Tree.SubElement(supported, "definition", {"name": "supported", "displayName": "$(string.supported)"})
    categories = Tree.SubElement(root, "categories")
    for name, above in (("tirai", ""), ("recommended", "tirai"), *((f"group_{group}", "tirai") for group in GROUPS)):
        category = Tree.SubElement(categories, "category", {"name": name, "displayName": f"$(string.{name})"})
        if above:
            Tree.SubElement(category, "parentCategory", {"ref": above})
    listed = Tree.SubElement(root, "policies")
    for setting, level, name in policies():
        listed.append(_policy(setting, level, name))
    return _written(root)


def _policy(setting: Setting, level: Level, name: str) -> Tree.Element:
    key = POLICIES if level is Level.MANDATORY else rf"{POLICIES}\Recommended"
    about = {
        "name": name,
        "class": "Machine",
        "displayName": f"$(string.{setting.key})",
        "explainText": f"$(string.{setting.key}_text)",
        "key": key,
    }
    if setting.kind is Kind.BOOL:
        about["valueName"] = setting.key
    else:
        about["presentation"] = f"$(presentation.{name})"
    policy = Tree.Element("policy", about)
    group = f"group_{setting.group}" if level is Level.MANDATORY else "recommended"
    Tree.SubElement(policy, "parentCategory", {"ref": group})
    Tree.SubElement(policy, "supportedOn", {"ref": "supported"})
    if setting.kind is Kind.BOOL:
        for word, value in (("enabledValue", "1"), ("disabledValue", "0")):
            Tree.SubElement(Tree.SubElement(policy, word), "decimal", {"value": value})
    else:
        Tree.SubElement(policy, "elements").append(_element(setting))
    return policy


def _element(setting: Setting) -> Tree.Element:
    about = {"id": setting.key, "valueName": setting.key, "required": "true"}
    if setting.kind is Kind.TEXTS:
        return Tree.Element("multiText", {**about, "maxLength": "500", "maxStrings": str(setting.most or 16)})
    if setting.choices:
        element = Tree.Element("enum", about)
        for choice in setting.choices:
            item = Tree.SubElement(element, "item", {"displayName": f"$(string.{setting.key}_{choice})"})
            value = Tree.SubElement(item, "value")
            if setting.kind is Kind.NUMBER:
                Tree.SubElement(value, "decimal", {"value": choice})
            else:
                Tree.SubElement(value, "string").text = choice
        return element
    if setting.kind is Kind.NUMBER:
        return Tree.Element("decimal", {**about, "minValue": str(setting.least), "maxValue": str(setting.most)})
    return Tree.Element("text", {**about, "maxLength": "500"})


def adml(language: str) -> str:
    """The words of the template, in `en` or `id`."""
    at = 0 if language == "en" else 1
    root = Tree.Element("policyDefinitionResources", {"xmlns": SCHEMA, **_ROOT})
    Tree.SubElement(root, "displayName").text = _WORDS["tirai"][at]
    Tree.SubElement(root, "description").text = _WORDS["about"][at]
    resources = Tree.SubElement(root, "resources")
    strings, presentations = (Tree.SubElement(resources, name) for name in ("stringTable", "presentationTable"))

    def say(name: str, text: str) -> None:
        Tree.SubElement(strings, "string", {"id": name}).text = text

    for name in ("tirai", "recommended", "supported"):
        say(name, _WORDS[name][at])
    for group, words in GROUPS.items():
        say(f"group_{group}", words[at])
    for setting in SETTINGS:
        say(setting.key, (setting.title, setting.title_id)[at])
        say(f"{setting.key}_text", _explained(setting, at))
        for choice in setting.choices if setting.kind is not Kind.TEXTS else ():
            say(f"{setting.key}_{choice}", f"{choice} {setting.unit}".strip())
    for setting, _level, name in policies():
        if setting.kind is not Kind.BOOL:
            presentation = Tree.SubElement(presentations, "presentation", {"id": name})
            presentation.append(_control(setting, (setting.title, setting.title_id)[at]))
    return _written(root)


def _explained(setting: Setting, at: int) -> str:
    parts = [(setting.text, setting.text_id)[at]]
    if setting.kind is Kind.BOOL:
        parts.append(_WORDS["on_only" if setting.tighter is Tighter.ON else "as_program"][at])
    return "\n\n".join([*parts, _WORDS["not_set"][at]])


def _control(setting: Setting, title: str) -> Tree.Element:
    label = f"{title} ({setting.unit})" if setting.unit else title
    if setting.kind is Kind.TEXTS:
        control = Tree.Element("multiTextBox", {"refId": setting.key})
        control.text = label
    elif setting.choices:
        control = Tree.Element("dropdownList", {"refId": setting.key, "noSort": "true", "defaultItem": "0"})
        control.text = label
    elif setting.kind is Kind.NUMBER:
        control = Tree.Element("decimalTextBox", {"refId": setting.key, "defaultValue": str(setting.most)})
        control.text = label
    else:
        control = Tree.Element("textBox", {"refId": setting.key})
        Tree.SubElement(control, "label").text = label
    return control


def _written(root: Tree.Element) -> str:
    Tree.indent(root, " ")
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!-- Made by: python -m tests.architecture.machine_policy_pages -->\n'
    )
    return head + Tree.tostring(root, encoding="unicode") + "\n"


SAMPLE: dict[str, object] = {
    "gateway_url": "https://tirai.example",
    "idle_lock_s": 120,
    "clipboard_allowed": False,
    RECOMMENDED: {"language": "id", "theme": "system"},
}
"""What the sample profile sets."""


def mobileconfig() -> str:
    """A sample profile for macOS."""
    forced = {"Forced": [{"mcx_preference_settings": SAMPLE}]}
    inner = {
        "PayloadContent": {DOMAIN: forced},
        "PayloadIdentifier": f"{DOMAIN}.policy.settings",
        "PayloadType": "com.apple.ManagedClient.preferences",
        "PayloadUUID": _identity("settings"),
        "PayloadVersion": 1,
    }
    profile = {
        "PayloadContent": [inner],
        "PayloadDisplayName": "Tirai: machine policy (sample)",
        "PayloadIdentifier": f"{DOMAIN}.policy",
        "PayloadScope": "System",
        "PayloadType": "Configuration",
        "PayloadUUID": _identity("profile"),
        "PayloadVersion": 1,
    }
    return plistlib.dumps(profile, sort_keys=True).decode()


def _identity(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.policy.{DOMAIN}")).upper()
