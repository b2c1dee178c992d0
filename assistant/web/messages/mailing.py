"""Drafts of replies to mails."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "mail_draft": (
        "[Brouillon préparé par Porte-parole le {day} à {time}, d’après les communiqués publiés : "
        "à relire avant de l’envoyer. Supprimez cette ligne.]",
        "[Draft made by Porte-parole on {day}, {time}, from the published releases: "
        "to be checked before it is sent. Delete this line.]",
    ),
    "mail_more_one": (
        "[Une autre question de ce message n’est pas traitée ici.]",
        "[One more question of this message is not dealt with here.]",
    ),
    "mail_more_many": (
        "[{count} autres questions de ce message ne sont pas traitées ici.]",
        "[{count} more questions of this message are not dealt with here.]",
    ),
    "mail_hello": ("Bonjour,", "Hello,"),
    "mail_regards": ("Cordialement,", "Kind regards,"),
    "mail_wrote": ("Le {day} à {time}, {name} a écrit :", "On {day}, {time}, {name} wrote:"),
    "mail_wrote_undated": ("{name} a écrit :", "{name} wrote:"),
    "mail_contacts": ("Contact presse : {contacts}", "Press contact: {contacts}"),
}
