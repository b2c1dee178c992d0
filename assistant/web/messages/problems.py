"""What a program is told that asked for something it does not get: titles, details, and what is wrong with a field."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # Titles, by status
    "problem_title_400": ("Demande incorrecte", "Bad request"),
    "problem_title_401": ("Identification requise", "Sign in first"),
    "problem_title_403": ("Accès refusé", "Forbidden"),
    "problem_title_404": ("Introuvable", "Not found"),
    "problem_title_405": ("Méthode non admise", "Method not allowed"),
    "problem_title_408": ("Demande incomplète", "Request incomplete"),
    "problem_title_409": ("Conflit", "Conflict"),
    "problem_title_413": ("Demande trop volumineuse", "Body too large"),
    "problem_title_415": ("Format non pris en charge", "Unsupported media type"),
    "problem_title_422": ("Données non valables", "Invalid input"),
    "problem_title_429": ("Trop de demandes", "Too many requests"),
    "problem_title_500": ("Erreur interne", "Internal error"),
    "problem_title_503": ("Service occupé", "Busy"),
    "problem_title_504": ("Délai dépassé", "Took too long"),
    "problem_title_507": ("Espace insuffisant", "Out of space"),
    "problem_title_other": ("Erreur", "Error"),
    # Details
    "problem_nothing_here": (
        "Rien à cette adresse ; /openapi.json dit ce qu’il y a.",
        "Nothing here; /openapi.json lists what there is.",
    ),
    "problem_methods": ("{path} accepte {methods}.", "{path} takes {methods}."),
    "problem_release": (
        "Aucun communiqué « {asked} » ici ; GET /v1/releases les énumère.",
        "No release « {asked} » here; GET /v1/releases lists them.",
    ),
    "problem_original": ("Aucun document à remettre ici.", "No document to hand over here."),
    "problem_answer": ("Aucune réponse de cet identifiant ici.", "No answer of that id here."),
    "problem_job": ("Aucun dépôt de cet identifiant ici.", "No job of that id here."),
    "problem_no_answers": ("Aucune réponse n’est conservée ici.", "No answers are kept here."),
    "problem_no_tray": ("Rien ne peut être déposé ici.", "Files cannot be handed in here."),
    "problem_scope": ("Il faut une clé de portée {scope}.", "This takes a key of scope {scope}."),
    # Keys and rates
    "problem_key_form": (
        "Une seule clé à la fois : « Authorization: Bearer pp_… » ou « X-API-Key: pp_… ».",
        "One key, once: « Authorization: Bearer pp_… » or « X-API-Key: pp_… ».",
    ),
    "problem_key_unknown": (
        "Cette clé n’est pas connue ici, a expiré ou a été révoquée.",
        "This key is not known here, has expired or was revoked.",
    ),
    "problem_key_widget": (
        "Le jeton d’un widget ne sert qu’à sa page, pas à l’API.",
        "A widget's token serves its own page only, not the API.",
    ),
    "problem_key_in_address": (
        "Une clé ne va jamais dans une adresse, que les journaux conservent : envoyez-la dans "
        "« Authorization: Bearer ». Révoquez celle-ci si elle est vraie.",
        "A key never goes in an address, which logs keep: send it as « Authorization: Bearer ». "
        "Revoke this one if it is real.",
    ),
    "problem_guesses": (
        "Trop de clés fausses d’ici ; réessayez dans {wait} s.",
        "Too many wrong keys from here; try again in {wait} s.",
    ),
    "problem_rate": (
        "Au plus {limit} demandes en {window} s ; redemandez dans {wait} s.",
        "At most {limit} calls in {window} s; ask again in {wait} s.",
    ),
    "problem_asked_own": (
        "Trop de vos questions sont en cours ; redemandez quand l’une aura sa réponse.",
        "Too many of your questions are being answered; ask again when one has its answer.",
    ),
    "problem_measured_twice": (
        "Une demande est mesurée ou envoyée par morceaux, pas les deux.",
        "A request is measured or sent in chunks, not both.",
    ),
    "problem_slow": (
        "La demande n’est pas arrivée entière à temps.",
        "The request did not arrive whole in time.",
    ),
    "problem_busy": (
        "L’archive est occupée ; redemandez dans quelques secondes.",
        "The archive is busy; ask again in a few seconds.",
    ),
    "problem_asked": (
        "Trop de questions sont en cours ; redemandez dans quelques secondes.",
        "Too many questions are being answered; ask again in a few seconds.",
    ),
    "problem_long": (
        "La réponse n’était pas prête après {seconds} secondes.",
        "The answer was not ready after {seconds} seconds.",
    ),
    "problem_archive": (
        "L’archive ne peut pas être lue pour l’instant ; le journal du serveur dit pourquoi.",
        "The archive cannot be read now; the server's log says why.",
    ),
    "problem_fault": (
        "Une erreur s’est produite de notre côté ; le journal du serveur dit laquelle.",
        "Something failed on our side; the server's log says what.",
    ),
    "problem_no_reason": ("Dites pourquoi, en quelques mots.", "Say why, in a few words."),
    # Files handed in
    "problem_file_large": ("« {name} » dépasse {size} Mo.", "« {name} » is larger than {size} MB."),
    "problem_file_many": (
        "Trop de fichiers attendent une décision : décidez d’abord de quelques-uns.",
        "Too many files wait to be decided on: decide on some first.",
    ),
    "problem_file_empty": ("« {name} » est vide.", "« {name} » is empty."),
    "problem_file_lost": ("Le fichier n’est pas arrivé entier.", "The file did not come whole."),
    "problem_file_disk": ("Le fichier ne peut pas être écrit ici.", "The file cannot be written here."),
    # At the gate
    "problem_only_loopback": (
        "Ce serveur ne répond qu’à cette machine : ouvrez-le par http://127.0.0.1.",
        "This server answers only to this machine: open it as http://127.0.0.1.",
    ),
    "problem_only_direct": (
        "Ce serveur ne répond qu’à cette machine, et pas à travers un relais : lancez-le avec --sign-in.",
        "This server answers only to this machine, not through a proxy: start it with --sign-in.",
    ),
    "problem_foreign": ("La page d’un autre site ne peut rien demander ici.", "Another site's page may not ask here."),
    "problem_only_page": ("Seule la page elle-même peut le demander.", "Only the page itself may ask for this."),
    "problem_unknown_caller": (
        "Qui vous êtes ne peut pas être vérifié pour l’instant.",
        "Who you are cannot be looked up now.",
    ),
    "problem_sign_in": ("Identifiez-vous d’abord.", "Sign in first."),
    "problem_not_for_you": ("Ceci ne vous est pas ouvert.", "This is not for you."),
    "problem_too_large": (
        "Une demande contient au plus {size} Kio.",
        "A request may hold at most {size} KiB.",
    ),
    # Days
    "problem_no_date": (
        "« {value} » n’est pas une date de la forme 2024-03-12",
        "« {value} » is not a date of the form 2024-03-12",
    ),
    "problem_no_day": ("« {value} » n’est pas dans le calendrier", "« {value} » is not in the calendar"),
    "problem_before": ("« {value} » est avant « {first} »", "« {value} » lies before « {first} »"),
    # What is wrong with a field, by the name that the reader of requests gives it
    "problem_field_missing": ("manque", "Field required"),
    "problem_field_string_type": ("doit être un texte", "Input should be a valid string"),
    "problem_field_string_unicode": ("n’est pas un texte Unicode", "Input should be a valid string"),
    "problem_field_string_too_short": (
        "doit avoir au moins {min_length} caractère(s)",
        "String should have at least {min_length} character(s)",
    ),
    "problem_field_string_too_long": (
        "doit avoir au plus {max_length} caractère(s)",
        "String should have at most {max_length} character(s)",
    ),
    "problem_field_string_pattern_mismatch": (
        "n’a pas la forme attendue : {pattern}",
        "String should match pattern '{pattern}'",
    ),
    "problem_field_int_type": ("doit être un nombre entier", "Input should be a valid integer"),
    "problem_field_int_parsing": (
        "doit être un nombre entier",
        "Input should be a valid integer, unable to parse string as an integer",
    ),
    "problem_field_int_parsing_size": ("est un nombre trop grand", "Unable to parse input string as an integer"),
    "problem_field_int_from_float": ("doit être un nombre entier", "Input should be a valid integer"),
    "problem_field_greater_than_equal": ("doit être au moins {ge}", "Input should be greater than or equal to {ge}"),
    "problem_field_less_than_equal": ("doit être au plus {le}", "Input should be less than or equal to {le}"),
    "problem_field_greater_than": ("doit dépasser {gt}", "Input should be greater than {gt}"),
    "problem_field_less_than": ("doit rester sous {lt}", "Input should be less than {lt}"),
    "problem_field_float_type": ("doit être un nombre", "Input should be a valid number"),
    "problem_field_float_parsing": ("doit être un nombre", "Input should be a valid number"),
    "problem_field_finite_number": ("doit être un nombre fini", "Input should be a finite number"),
    "problem_field_bool_type": ("doit être vrai ou faux", "Input should be a valid boolean"),
    "problem_field_bool_parsing": (
        "doit être vrai ou faux",
        "Input should be a valid boolean, unable to interpret input",
    ),
    "problem_field_list_type": ("doit être une liste", "Input should be a valid list"),
    "problem_field_too_long": (
        "doit compter au plus {max_length} élément(s)",
        "List should have at most {max_length} item(s)",
    ),
    "problem_field_too_short": (
        "doit compter au moins {min_length} élément(s)",
        "List should have at least {min_length} item(s)",
    ),
    "problem_field_dict_type": ("doit être un objet", "Input should be a valid dictionary"),
    "problem_field_model_type": ("doit être un objet", "Input should be an object"),
    "problem_field_model_attributes_type": ("doit être un objet", "Input should be an object"),
    "problem_field_json_invalid": ("n’est pas du JSON", "JSON decode error"),
    "problem_field_json_type": ("n’est pas du JSON", "Input should be JSON"),
    "problem_field_extra_forbidden": ("n’est pas prévu ici", "Extra inputs are not permitted"),
    "problem_field_literal_error": ("doit être {expected}", "Input should be {expected}"),
    "problem_field_enum": ("doit être {expected}", "Input should be {expected}"),
    "problem_field_none_required": ("doit être nul", "Input should be null"),
    "problem_field_other": ("n’est pas une valeur admise", "Input is not valid"),
    # Chat clients
    "problem_chat_no_question": (
        "Les messages ne contiennent pas de question : il est répondu au dernier de l’utilisateur, "
        "qui doit avoir du texte.",
        "The messages hold no question: the last one of the user is answered, and it must have text.",
    ),
    "problem_chat_long_question": (
        "Une question peut avoir {most} caractères, celle-ci en a {count}.",
        "A question may have {most} characters, this one has {count}.",
    ),
    "problem_chat_one_answer": (
        "Il n’y a qu’une réponse à une question : n vaut 1.",
        "There is one answer to a question: n must be 1.",
    ),
    "problem_chat_text": (
        "Les réponses sont du texte ; POST /v1/ask en donne en JSON.",
        "Answers are text; POST /v1/ask gives JSON.",
    ),
    "problem_chat_model": (
        "Le modèle « {model} » n’existe pas ici ; GET /v1/models donne ceux qui existent.",
        "The model « {model} » does not exist here; GET /v1/models lists what does.",
    ),
}
