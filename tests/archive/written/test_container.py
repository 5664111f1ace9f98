import zipfile
from pathlib import Path

import pytest

from meetagain.archive.written import container
from meetagain.errors import MeetAgainError

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = (
    f'<?xml version="1.0"?><w:document {SPACE}><w:body><w:p><w:r><w:t>Dear Mum,</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>you are </w:t></w:r><w:r><w:t>the best &amp; kindest</w:t><w:br/><w:t>mum.</w:t><w:delText>gone</w:delText></w:r></w:p></w:body></w:document>"
)


def zipped(path: Path, **members: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return path


def docx(path: Path, body: str | bytes = BODY) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
    return path


def code(function, *args) -> str:
    with pytest.raises(MeetAgainError) as caught:
        function(*args)
    return caught.value.issue.code


def test_a_word_file_gives_its_paragraphs(tmp_path: Path):
    path = docx(tmp_path / "a.docx")
    assert container.is_word_file(path)
    assert container.word_text(path) == "Dear Mum,\n\nyou are the best & kindest\nmum."


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE d>",
    ],
)
def test_a_word_file_with_entities_is_not_opened(head: str, tmp_path: Path):
    body = BODY.replace('<?xml version="1.0"?>', f'<?xml version="1.0"?>{head}')
    assert code(container.word_text, docx(tmp_path / "a.docx", body)) == "zip-unsafe"
    assert code(container.word_text, docx(tmp_path / "b.docx", body.encode("utf-16"))) == "zip-unsafe"


def test_a_broken_word_file_is_named(tmp_path: Path):
    assert code(container.word_text, docx(tmp_path / "a.docx", BODY[:-40])) == "file-cut-short"


def test_the_chat_is_found_in_a_phones_zip(tmp_path: Path):
    assert container.chat_inside(zipped(tmp_path / "a.zip", _chat_dot_txt="x", photo_dot_jpg=b"y")) == "_chat.txt"
    assert (
        container.chat_inside(zipped(tmp_path / "b.zip", **{"WhatsApp Chat with Elin_dot_txt": "x", "other_dot_txt": "y"}))
        == "WhatsApp Chat with Elin.txt"
    )
    assert container.chat_inside(zipped(tmp_path / "c.zip", one_dot_txt="x", two_dot_txt="y")) == ""
    assert container.inner_bytes(tmp_path / "a.zip", "_chat.txt") == b"x"


def test_a_zip_that_would_fill_the_computer_is_refused(tmp_path: Path):
    assert code(container.inner_bytes, zipped(tmp_path / "a.zip", _chat_dot_txt=bytes(20_000_000)), "_chat.txt") == "zip-unsafe"


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(container, "LIMIT_BYTES", 1000)
    path = zipped(tmp_path / "a.zip", _chat_dot_txt="".join(chr(33 + n * 7919 % 90) for n in range(3000)))
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        data[data.index(mark) + at : data.index(mark) + at + 4] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    assert code(container.inner_bytes, path, "_chat.txt") in ("zip-unsafe", "file-cut-short")


def test_a_zip_cut_short_or_locked_is_named(tmp_path: Path):
    path = zipped(tmp_path / "a.zip", _chat_dot_txt="some words of a chat")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert code(container.chat_inside, path) == "file-cut-short"
    locked = bytearray(whole)
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        locked[locked.index(mark) + at] |= 1
    path.write_bytes(locked)
    assert code(container.inner_bytes, path, "_chat.txt") == "file-unreadable"


def test_every_damage_is_an_issue(tmp_path: Path):
    whole = docx(tmp_path / "a.docx").read_bytes()
    for at in range(0, len(whole), 7):
        data = bytearray(whole)
        data[at] ^= 0x5A
        path = tmp_path / "b.docx"
        path.write_bytes(data)
        try:
            container.word_text(path) if container.is_word_file(path) else container.chat_inside(path)
        except MeetAgainError as error:
            assert error.issue.sentence


def test_nothing_is_unpacked_beside(tmp_path: Path):
    path = tmp_path / "deep" / "a.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../_chat.txt", "14/07/2019, 15:12 - Elin: hi")
    assert container.inner_bytes(path, container.chat_inside(path)).startswith(b"14/07")
    assert [found.name for found in tmp_path.iterdir()] == ["deep"]
