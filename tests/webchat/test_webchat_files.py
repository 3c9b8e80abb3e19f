"""Files go both ways: what the bot sends, and what people send and getFile downloads."""

from __future__ import annotations

from io import BytesIO

import aiohttp
import pytest

from bot.webchat.document import Document
from bot.webchat.telegram.files import DOWNLOAD_BYTES, UPLOAD_BYTES


async def download(session, server, path: str) -> tuple[int, bytes]:
    async with session.get(f"{server.url}/file/bot{server.token}/{path}") as answer:
        return answer.status, await answer.read()


async def test_a_file_goes_both_ways(session, server, call, sam):
    url = f"{server.url}/bot{server.token}/sendDocument"
    form = aiohttp.FormData({"chat_id": str(sam.id), "caption": "<b>Plan</b>", "parse_mode": "HTML"})
    form.add_field("document", b"%PDF-", filename="plan.pdf", content_type="application/pdf")
    async with session.post(url, data=form) as answer:
        sent = (await answer.json())["result"]
    assert (sent["document"]["file_name"], sent["document"]["file_size"], sent["caption"]) == ("plan.pdf", 5, "Plan")
    assert sam.last.document.content == b"%PDF-"
    again = (await call("sendDocument", chat_id=sam.id, document=sent["document"]["file_id"])).result
    assert again["document"]["file_id"] == sent["document"]["file_id"]

    sam.send_document("lijst.xlsx", b"PK")
    received = (await call.updates(offset=-1))[0]["message"]["document"]
    file = (await call("getFile", file_id=received["file_id"])).result
    assert file == {key: received[key] for key in ("file_id", "file_unique_id", "file_size")} | {
        "file_path": "documents/file_2.xlsx"
    }
    assert await download(session, server, file["file_path"]) == (200, b"PK")


async def test_a_photo_that_somebody_sends_can_be_downloaded(session, server, call, sam):
    sam.send_photo(b"\xff\xd8\xff photo", caption="Mijn brief")
    message = (await call.updates(offset=-1))[0]["message"]
    small, large = message["photo"]
    assert (message["caption"], small["width"] < large["width"], large["file_size"]) == ("Mijn brief", True, 9)
    path = (await call("getFile", file_id=large["file_id"])).result["file_path"]
    assert path == "photos/file_2.jpg"
    assert await download(session, server, path) == (200, b"\xff\xd8\xff photo")


async def test_a_link_works_for_an_hour_and_another_can_be_asked_for(session, server, call, sam, clock):
    sam.send_document("lijst.csv", b"1")
    file_id = (await call.updates(offset=-1))[0]["message"]["document"]["file_id"]
    path = (await call("getFile", file_id=file_id)).result["file_path"]
    clock.forward(hours=1)
    assert await download(session, server, path) == (200, b"1")
    clock.forward(seconds=1)
    assert (await download(session, server, path))[0] == 404
    await call("getFile", file_id=file_id)
    assert await download(session, server, path) == (200, b"1")


async def test_a_path_that_nobody_was_given_leads_nowhere(session, server, sam):
    sam.send_document("lijst.csv", b"1")
    for path in ("documents/file_1.csv", "documents/..", "x"):
        assert (await download(session, server, path))[0] == 404


@pytest.mark.parametrize(("file_id", "reason"), [("x", "invalid file_id"), ("", "file_id not specified")])
async def test_a_file_that_is_not_there_is_refused(call, file_id, reason):
    assert (await call("getFile", file_id=file_id)).refusal == (400, f"Bad Request: {reason}")


async def test_20_megabytes_can_be_downloaded_and_no_more(server, call):
    for size, fits in ((DOWNLOAD_BYTES, True), (DOWNLOAD_BYTES + 1, False)):
        file_id = server.world.files.keep(Document("lijst.csv", "text/csv", bytes(size)))["file_id"]
        reply = await call("getFile", file_id=file_id)
        if fits:
            assert reply.result["file_size"] == size
        else:
            assert reply.refusal == (400, "Bad Request: file is too big")


async def test_50_megabytes_can_be_sent_and_no_more(session, server, sam):
    url = f"{server.url}/bot{server.token}/sendDocument"
    for size, status in ((UPLOAD_BYTES, 200), (UPLOAD_BYTES + 1, 413), (UPLOAD_BYTES * 2, 413), (0, 400)):
        form = aiohttp.FormData({"chat_id": str(sam.id)})
        form.add_field("document", BytesIO(bytes(size)), filename="plan.pdf", content_type="application/pdf")
        async with session.post(url, data=form) as answer:
            assert answer.status == status
            if status == 413:
                assert (await answer.json())["description"] == "Request Entity Too Large"
