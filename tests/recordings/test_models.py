import fcntl
import hashlib
import io
import zipfile

import httpx
import pytest

from recordings.models import VOSK_SMALL_CN, Model, fetch
from recordings.trouble import SpeechTrouble

NAME = "vosk-model-tiny"
FILES = {
    f"{NAME}/am/final.mdl": b"weights" * 4000,
    f"{NAME}/graph/Gr.fst": bytes(range(256)) * 400,
}


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def model_of(content, **changes):
    values = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return Model(**{"name": NAME, "most_unpacked": 10_000_000, **values, **changes})


@pytest.fixture
def content():
    return zipped(FILES)


@pytest.fixture
def get(server, tmp_path, sounds):
    """Fetch from the local server, which serves ``body`` as the model's zip."""

    def once(model, body=None, **page):
        if body is not None:
            server.pages[f"/models/{NAME}.zip"] = [sounds.Page(body, **page)]
        seen = []
        made = fetch(
            model, tmp_path / "m", lambda *at: seen.append(at), base_url=f"{server.url}/models/"
        )
        return made, seen

    return once


def left(tmp_path):
    return {f.name for f in (tmp_path / "m").iterdir() if not f.name.endswith(".lock")}


def test_a_model_is_fetched_with_progress(get, content, tmp_path):
    made, seen = get(model_of(content), content)
    assert made == tmp_path / "m" / NAME
    assert (made / "am" / "final.mdl").read_bytes() == FILES[f"{NAME}/am/final.mdl"]
    assert seen[-1] == (len(content), len(content))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert left(tmp_path) == {NAME}


def test_a_model_that_is_there_is_not_fetched_again(get, content, server):
    get(model_of(content), content)
    get(model_of(content))
    assert len(server.asked) == 1


def test_a_broken_download_goes_on_where_it_ended(get, content, server, tmp_path):
    with pytest.raises(SpeechTrouble):
        get(model_of(content), content, cut_short=70_000)
    (partial,) = (tmp_path / "m").glob("*.part")
    have = partial.stat().st_size
    assert 0 < have < len(content)

    made, _ = get(model_of(content), content)
    assert server.asked[-1][1]["Range"] == f"bytes={have}-"
    assert (made / "graph" / "Gr.fst").read_bytes() == FILES[f"{NAME}/graph/Gr.fst"]


def test_a_server_that_sends_less_than_there_is_says_so(get, content):
    with pytest.raises(SpeechTrouble, match=r"broke off after \d+ of \d+ bytes: run the same"):
        get(model_of(content, bytes=len(content) + 10), content)


def test_another_content_is_deleted(get, content, tmp_path):
    wrong = content[:-1] + b"!"
    with pytest.raises(SpeechTrouble, match=f"is not {NAME}: its sha256 is [0-9a-f]{{64}}"):
        get(model_of(content), wrong)
    assert left(tmp_path) == set()


def test_a_web_page_is_not_a_model(get, content, tmp_path):
    with pytest.raises(SpeechTrouble, match="not a zip file"):
        get(model_of(content), b"<html>please log in</html>")


def test_no_zip_at_all(get, tmp_path):
    junk = b"PK but nothing more" * 50
    with pytest.raises(SpeechTrouble, match="is not a zip file that can be read"):
        get(model_of(junk), junk)
    assert left(tmp_path) == set()


@pytest.mark.parametrize("evil", ["../out.txt", f"{NAME}/../../out.txt", "/out.txt", "other/x"])
def test_nothing_is_written_outside_the_models_folder(get, tmp_path, evil):
    content = zipped({f"{NAME}/am/final.mdl": b"w", evil: b"evil"})
    with pytest.raises(SpeechTrouble, match="unsafe"):
        get(model_of(content), content)
    assert not list(tmp_path.rglob("out.txt"))
    assert not (tmp_path / "m" / NAME).exists()


def test_a_bomb_is_not_unpacked(get):
    content = zipped({f"{NAME}/am/final.mdl": b"\0" * 2000})
    with pytest.raises(SpeechTrouble, match="would unpack to 2000 bytes"):
        get(model_of(content, most_unpacked=1999), content)


def test_the_server_has_none(get, content):
    with pytest.raises(SpeechTrouble, match="answers 404"):
        get(model_of(content))


def test_no_network(tmp_path, content):
    with pytest.raises(SpeechTrouble, match=r"cannot be reached .*check the network"):
        fetch(model_of(content), tmp_path, base_url="http://127.0.0.1:9/")


def test_a_full_disk(tmp_path, content, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zipfile.ZipFile.extractall", full)
    answer = httpx.Response(200, content=content)
    with (
        httpx.Client(transport=httpx.MockTransport(lambda request: answer)) as client,
        pytest.raises(SpeechTrouble, match=r"disk .* is full \(\d+ bytes left\): make room"),
    ):
        fetch(model_of(content), tmp_path / "m", client=client)
    assert left(tmp_path) == {f".{NAME}.zip.part"}  # goes on from here when there is room


def test_a_folder_that_cannot_be_written(tmp_path, content):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SpeechTrouble, match="cannot be written"):
        fetch(model_of(content), tmp_path / "file" / "m")


def test_two_at_once(tmp_path, content):
    (tmp_path / "m").mkdir()
    with (tmp_path / "m" / f".{NAME}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(SpeechTrouble, match="another process is fetching"):
            fetch(model_of(content), tmp_path / "m")


def test_the_official_model_is_the_one_that_was_measured():
    assert VOSK_SMALL_CN.zip_name == "vosk-model-small-cn-0.22.zip"
    assert VOSK_SMALL_CN.bytes == 43_898_754
    assert VOSK_SMALL_CN.sha256.startswith("3af8b0e7")
