"""Messages that are neither text nor a tap, as the Bot API writes them, and what each is answered."""

from __future__ import annotations

from typing import Any

from tests.hostile.scene import CANARY

ONLY_TEXT = "Ik lees alleen getypte woorden."
OF_OTHERS = "Een doorgestuurd bericht kan ik niet gebruiken. Typ het zelf."
NO_FILES = "Foto's en bestanden bewaar ik niet: Telegram kan meekijken. Laat het aan je helper zien."
TAKEN_OUT = "Dat heb ik niet nodig. Ik haal het uit deze chat."

FILE: dict[str, Any] = {"file_id": CANARY, "file_unique_id": CANARY, "file_size": 9}
ODD: dict[str, tuple[str, dict[str, Any]]] = {
    "dice": (ONLY_TEXT, {"dice": {"emoji": "🎲", "value": 6}}),
    "poll": (
        ONLY_TEXT,
        {
            "poll": {
                "id": "1",
                "question": CANARY,
                "options": [{"text": CANARY, "voter_count": 0, "persistent_id": "a"}],
                "total_voter_count": 0,
                "is_closed": False,
                "is_anonymous": True,
                "type": "regular",
                "allows_multiple_answers": False,
                "allows_revoting": False,
                "members_only": False,
            }
        },
    ),
    "video note": (ONLY_TEXT, {"video_note": {"length": 240, "duration": 3, **FILE}}),
    "music": (ONLY_TEXT, {"audio": {"duration": 3, "title": CANARY, **FILE}}),
    "game": (ONLY_TEXT, {"game": {"title": CANARY, "description": CANARY, "photo": []}}),
    "pinned": (ONLY_TEXT, {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}}}),
    "auto-delete timer": (ONLY_TEXT, {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}}),
    "something of next year": (ONLY_TEXT, {"hologram": {"of": CANARY}}),
    "GIF": (
        NO_FILES,
        {
            "animation": {"width": 9, "height": 9, "duration": 1, "file_name": "kanarie.mp4", **FILE},
            "document": {"file_name": "kanarie.mp4", **FILE},
        },
    ),
    "video": (NO_FILES, {"video": {"width": 9, "height": 9, "duration": 1, **FILE}, "caption": CANARY}),
    "live location": (TAKEN_OUT, {"location": {"latitude": 53.2, "longitude": 6.5, "live_period": 900}}),
    "venue": (
        TAKEN_OUT,
        {
            "location": {"latitude": 53.2, "longitude": 6.5},
            "venue": {"location": {"latitude": 53.2, "longitude": 6.5}, "title": CANARY, "address": CANARY},
        },
    ),
}
