"""The customers' page as a process of its own beside PostgreSQL: what it refuses, and one answer through it."""

import re
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.backoffice import schema
from app.backoffice.acting import OFFICE, tell_database
from app.backoffice.customer_page.connecting import PageDatabase, give_rights
from app.backoffice.customer_page.store import digest_of
from app.backoffice.page_tables import page_links, page_notices
from app.backoffice.postgres import DatabaseAwayError
from app.crypto import hpke
from app.domain.errors import WorkstationError
from app.domain.privacy.notice import Notice, Toggle
from app.gateway.migrate import migrate_by_url
from app.gateway.page_config import load_page_config
from app.gateway.reading import FaultsError
from tests.gateway.databases import GATEWAY, OWNER, GatewayDatabase, migrated_database
from tests.gateway.pki import Authority
from tests.gateway.postgres_server import PostgresServer
from tests.gateway.served_page import ServedPage
from tests.office.made import PATIENCE_S
from tests.ordinary_user import PROJECT

PAGE, TOKEN, FAR_MS = "tirai_page", "p" * 43, 9_000_000_000_000
NOTICE = Notice("1", {}, (Toggle(("offers",), {"id": "Penawaran"}),))


@pytest.fixture(scope="module")
def database(postgres: PostgresServer) -> Iterator[GatewayDatabase]:
    postgres.role(PAGE)
    made = migrated_database(postgres)
    assert give_rights(made.engine(OWNER))
    assert not give_rights(made.engine(OWNER), "nobody_of_this_name")
    with made.engine().begin() as db:
        tell_database(db, OFFICE)
        shown = {"digest": NOTICE.digest, "text": NOTICE.as_json(), "sender": "PT Uji", "office": b"o" * 32}
        db.execute(page_notices.insert().values(**shown, seal_to=hpke.public_of(hpke.new_secret())))
        link = {"record": b"r" * 16, "notice": NOTICE.digest, "purposes": '{"offers": "missing"}', "languages": "id"}
        db.execute(
            page_links.insert().values(digest=digest_of(TOKEN), **link, made_by="dewi", made_ms=1, expires_ms=FAR_MS)
        )
    yield made
    postgres.drop_database(made.name)


def test_that_a_role_that_sees_more_is_refused(database: GatewayDatabase) -> None:
    assert "customers" in schema.metadata.tables
    for role, code in ((PAGE, ""), (GATEWAY, "page_role"), (OWNER, "page_role")):
        page = PageDatabase(database.words(role), 2)
        try:
            page.check_role()
            found = ""
        except WorkstationError as e:
            found = e.code
        page.close()
        assert found == code, role


def test_that_a_database_that_is_away_is_said_so(database: GatewayDatabase) -> None:
    page = PageDatabase(database.words(PAGE) | {"port": "1"}, 2)
    with pytest.raises(DatabaseAwayError):
        page.check_role()
    page.close()


def configured(folder: Path, database: GatewayDatabase, authority: Authority, role: str) -> Path:
    certified, password, config = authority.issue(), folder / "password", folder / f"{role}.toml"
    password.touch(0o600)
    password.write_text(database.server.password + "\n")
    url = f"postgresql://{role}@127.0.0.1:{database.server.port}/{database.name}"
    config.write_text(
        f'[listen]\nhost = "127.0.0.1"\nport = 0\ncertificate = "{certified.certificate}"\nkey = "{certified.key}"\n'
        f'[database]\nurl = "{url}"\npassword_file = "{password}"\n[log]\nfolder = "{folder}"\n'
    )
    return config


def test_that_the_process_takes_an_answer_under_tls_and_writes_no_token_down(
    database: GatewayDatabase, tmp_path: Path
) -> None:
    authority = Authority(tmp_path / "pki")
    page = ServedPage(configured(tmp_path, database, authority, PAGE))
    try:
        address, tls = f"https://127.0.0.1:{page.port}", ssl.create_default_context(cafile=authority.file)
        with httpx.Client(base_url=address, verify=tls, trust_env=False, timeout=PATIENCE_S) as line:
            shown = line.get(f"/p/{TOKEN}")
            assert shown.extensions["network_stream"].get_extra_info("ssl_object").version() == "TLSv1.3"
            assert "strict-transport-security" in shown.headers
            nonce = re.findall(r'name="form" value="([^"]+)"', shown.text)[0]
            sent = line.post(f"/p/{TOKEN}/consent", data={"form": nonce, "lang": "id", "c.offers": "yes"})
            assert sent.status_code == 303
            assert line.get(sent.headers["location"]).status_code == 200
            assert line.get(f"/p/{TOKEN}").status_code == 410
        with httpx.Client(trust_env=False, timeout=PATIENCE_S) as line, pytest.raises(httpx.HTTPError):
            line.get(f"http://127.0.0.1:{page.port}/p/{TOKEN}")
    finally:
        code, said = page.ended()
    assert code == 0
    assert TOKEN not in said + "".join(file.read_text("utf-8") for file in tmp_path.glob("*.log"))


def test_that_the_process_does_not_serve_as_a_gateway(database: GatewayDatabase, tmp_path: Path) -> None:
    page = ServedPage(configured(tmp_path, database, Authority(tmp_path / "pki"), GATEWAY))
    code, said = page.ended()
    assert code
    assert "sees more than the customers' page needs" in said


def test_that_migrating_gives_the_role_its_rights_anew(database: GatewayDatabase, tmp_path: Path) -> None:
    database.execute(f"REVOKE ALL ON page_links FROM {PAGE}", OWNER)
    database.execute(f"GRANT SELECT ON customers TO {PAGE}", OWNER)
    migrate_by_url(database.url_file(tmp_path), GATEWAY)
    page = PageDatabase(database.words(PAGE), 2)
    page.check_role()
    page.close()


def test_that_the_example_is_taken_with_what_it_offers_and_nothing_of_a_gateway(tmp_path: Path) -> None:
    example = (PROJECT / "packaging" / "gateway" / "page.toml").read_text("utf-8")
    file = tmp_path / "page.toml"
    for text in (example, re.sub(r"^# ?(?=[a-z_]+ = |\[)", "", example, flags=re.MULTILINE)):
        file.write_text(text)
        file.chmod(0o644)
        assert load_page_config(file).database.user == PAGE
    file.write_text(example + '[master]\nfile = "/etc/tirai/master"\n')
    with pytest.raises(FaultsError, match="there is no such table"):
        load_page_config(file)
    file.write_text("[listen")
    with pytest.raises(FaultsError, match="TOML"):
        load_page_config(file)
    with pytest.raises(WorkstationError, match=re.escape("packaging/gateway/page.toml")):
        load_page_config(tmp_path / "none.toml")
