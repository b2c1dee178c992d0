"""Signing in, accounts, sessions."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # The page where one signs in
    "sign_in": ("Se connecter", "Sign in"),
    "sign_in_title": ("Se connecter — Porte-parole", "Sign in — Porte-parole"),
    "sign_in_about": (
        "Cette archive est réservée aux personnes qui ont un compte.",
        "This archive is for people who have an account.",
    ),
    "account_name": ("Nom du compte", "Account name"),
    "password": ("Mot de passe", "Password"),
    "not_known": (
        "Ce nom et ce mot de passe ne vont pas ensemble. Vérifiez-les, majuscules comprises, puis réessayez.",
        "This name and password do not match. Check both, capitals included, then try again.",
    ),
    "too_soon": (
        "Trop d’essais ont échoué. Réessayez dans {wait}.",
        "Too many attempts have failed. Try again in {wait}.",
    ),
    "seconds_one": ("une seconde", "one second"),
    "seconds_many": ("{count} secondes", "{count} seconds"),
    "minutes_one": ("une minute", "one minute"),
    "minutes_many": ("{count} minutes", "{count} minutes"),
    "signing_busy": (
        "Trop de personnes se connectent en ce moment. Réessayez dans quelques secondes.",
        "Too many people are signing in right now. Try again in a few seconds.",
    ),
    "signed_out_now": ("Votre session est fermée.", "You are signed out."),
    "not_vouched": (
        "Votre organisation vous reconnaît, mais vous n’avez pas de compte ici : demandez-en un à qui administre "
        "Porte-parole.",
        "Your organisation knows you, but you have no account here: ask whoever administers Porte-parole for one.",
    ),
    "vouched_out": (
        "C’est votre organisation qui vous connecte : déconnectez-vous auprès d’elle.",
        "Your organisation signs you in: sign out there.",
    ),
    "forgotten": (
        "Mot de passe oublié ? Seule la personne qui administre Porte-parole peut en donner un autre.",
        "Forgot your password? Only whoever administers Porte-parole can give you another.",
    ),
    "to_the_page": ("Aller à l’archive", "Go to the archive"),
    # The menu under one's name
    "place_account": ("Mes sessions", "My sessions"),
    "place_accounts": ("Comptes", "Accounts"),
    "account_of": ("Compte de {name}", "Account of {name}"),
    "sign_out": ("Se déconnecter", "Sign out"),
    "sign_in_again": ("Se reconnecter", "Sign in again"),
    # Sessions
    "signed_in_as": ("Compte : {name}. Rôle : {role}.", "Account: {name}. Role: {role}."),
    "role_reader": ("Lecture", "Reader"),
    "role_archivist": ("Archives", "Archivist"),
    "role_admin": ("Administration", "Administrator"),
    "sessions_about": (
        "Une session se ferme après {idle} sans activité, et au plus tard {whole} après la connexion.",
        "A session ends after {idle} without activity, and {whole} after signing in at the latest.",
    ),
    "hours_one": ("une heure", "one hour"),
    "hours_many": ("{count} heures", "{count} hours"),
    "device_unknown": ("Appareil inconnu", "Unknown device"),
    "this_session": ("cette session", "this session"),
    "session_times": ("ouverte {began}, utilisée {seen}", "opened {began}, used {seen}"),
    "today_at": ("aujourd’hui à {time}", "today at {time}"),
    "on_at": ("le {day} à {time}", "on {day} at {time}"),
    "sign_out_everywhere": ("Se déconnecter partout", "Sign out everywhere"),
    "vouched_sessions": (
        "Votre organisation vous connecte à chaque visite : aucune session n’est ouverte ici.",
        "Your organisation signs you in at every visit: no session is open here.",
    ),
    # Accounts
    "accounts_about": (
        "Un compte se crée, et reçoit un mot de passe, par une commande :",
        "An account is created, and given a password, by a command:",
    ),
    "accounts_command": (
        "porte-parole accounts add NOM --role reader",
        "porte-parole accounts add NAME --role reader",
    ),
    "role": ("Rôle", "Role"),
    "role_of": ("Rôle de {name}", "Role of {name}"),
    "state": ("État", "State"),
    "open_sessions_one": ("1 session ouverte", "1 open session"),
    "open_sessions_many": ("{count} sessions ouvertes", "{count} open sessions"),
    "actions": ("Actions", "Actions"),
    "oneself": ("Vous", "You"),
    "enabled": ("Actif", "Active"),
    "disabled": ("Désactivé", "Disabled"),
    "without_password": ("sans mot de passe", "no password"),
    "disable": ("Désactiver", "Disable"),
    "enable": ("Réactiver", "Enable"),
    "disable_of": ("Désactiver le compte de {name}", "Disable the account of {name}"),
    "enable_of": ("Réactiver le compte de {name}", "Enable the account of {name}"),
    "sign_out_of": ("Déconnecter {name}", "Sign {name} out"),
    "sign_them_out": ("Déconnecter", "Sign out"),
    "role_changed": ("{name} : {role}. Ses sessions sont fermées.", "{name}: {role}. Their sessions are closed."),
    "disabled_now": (
        "Le compte {name} est désactivé, ses sessions sont fermées.",
        "The account {name} is disabled and its sessions are closed.",
    ),
    "enabled_now": ("Le compte {name} est réactivé.", "The account {name} may sign in again."),
    "signed_out_of": ("Les sessions de {name} sont fermées.", "The sessions of {name} are closed."),
    "not_oneself": (
        "On ne change ni ne ferme son propre compte ici : demandez-le à un autre administrateur.",
        "Nobody changes or closes their own account here: ask another administrator.",
    ),
    "account_gone": ("Ce compte n’existe plus.", "This account does not exist any more."),
    "without_accounts": (
        "Ce serveur ne demande pas de compte : il ne répond qu’à cet ordinateur, ou ne montre que la vue publique.",
        "This server asks for no account: it answers only to this machine, or shows the public view only.",
    ),
}
