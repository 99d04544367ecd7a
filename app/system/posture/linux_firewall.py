"""Whether something guards what comes in: ufw, firewalld, nftables or saved iptables rules.

The rules themselves are root's alone; so for another user it is the service, and the file that it loads. A service that
runs over a file which lets everything in is *missing*, a file that nobody may read *unknown*.
"""

import re

from app.domain.posture.words import Judged, missing, ok, unknown
from app.system.posture.linux_units import active_units
from app.system.posture.machine import Machine

_UFW, _FIREWALLD, _NFT = "ufw.service", "firewalld.service", "nftables.service"
_SAVED = ("netfilter-persistent.service", "iptables.service")
_CHAIN = re.compile(r"chain\s+\S+\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")


def firewall(machine: Machine) -> Judged:
    """Judge the firewall."""
    ruled = machine.run("nft", "list", "ruleset")
    if ruled is not None and ruled.code == 0 and ruled.text.strip() and guards_input(ruled.text):
        return ok("nft: input is filtered")
    active = active_units(machine, _UFW, _FIREWALLD, _NFT, *_SAVED)
    if active is None:
        return unknown("no systemd answers, and the rules are root's")
    if _FIREWALLD in active:
        return ok("firewalld runs")
    if _UFW in active and (judged := _ufw(machine)) is not None:
        return judged
    if _NFT in active:
        return _nftables(machine)
    if active & set(_SAVED):
        return unknown("saved iptables rules are loaded; what they say is root's")
    return missing("none of ufw, firewalld, nftables, iptables runs")


def _ufw(machine: Machine) -> Judged | None:
    """Its service runs on every Ubuntu; whether it does something stands in its file."""
    text = machine.text("/etc/ufw/ufw.conf")
    if text is None:
        return unknown("ufw runs; its file cannot be read")
    if ufw_is_on(text):
        return ok("ufw runs and is enabled")
    return None


def ufw_is_on(text: str) -> bool:
    """What `/etc/ufw/ufw.conf` says."""
    said = re.findall(r"^\s*ENABLED\s*=\s*[\"']?(\w+)", text, re.MULTILINE)
    return bool(said) and said[-1].lower() == "yes"


def _nftables(machine: Machine) -> Judged:
    text = machine.text("/etc/nftables.conf")
    if text is None:
        return unknown("nftables runs; its file cannot be read")
    if guards_input(text):
        return ok("nftables runs; input is filtered")
    if re.search(r"^\s*include\s", text, re.MULTILINE):
        return unknown("nftables runs; its file loads others")
    return missing("nftables runs; its file lets everything in")


def guards_input(text: str) -> bool:
    """Whether a ruleset has a chain at the input hook that drops or refuses something by default or by a last rule."""
    plain = re.sub(r"#[^\n]*", "", text)
    for body in _CHAIN.findall(plain):
        if re.search(r"hook\s+input", body):
            rules = [rule.strip() for rule in re.split(r"[\n;]", body) if rule.strip()]
            if re.search(r"policy\s+drop", body) or re.match(r"(counter\b.*)?(drop|reject)\b", rules[-1]):
                return True
    return False
