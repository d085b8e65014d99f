"""Every setting of one installation, from the environment; what a coordinator may change is in the database."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from releve.config import environment

home = environment.home_folder()
environment.read_env_file(home / environment.text("ENV_FILE", ".env"))
VAR_DIR = home / environment.text("VAR_DIR", "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = environment.flag("DEBUG")
DEMO = environment.flag("RELEVE_DEMO")  # letters are shown in a page, one click signs in: never on a real server
at_home = DEBUG or DEMO  # a developer's or a visitor's own machine: secrets are made here, plain http will do

SECRET_KEY = environment.secret_key("SECRET_KEY", VAR_DIR / "secret_key" if at_home else None)
VAULT_KEYS = environment.vault_keys("VAULT_KEYS", VAR_DIR / "vault_keys" if at_home else None)

# --- where it is served
SITE_URL = environment.site_url("SITE_URL", "http://127.0.0.1:8000" if at_home else None)
site_host = urlsplit(SITE_URL).hostname or ""
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", [site_host, *(["localhost", "127.0.0.1"] if at_home else [])])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not at_home
SESSION_COOKIE_AGE = environment.whole_number("SESSION_HOURS", 24 * 14) * 60 * 60
SECURE_HSTS_SECONDS = 0 if at_home else environment.whole_number("HSTS_SECONDS", 31_536_000)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- what it is made of
INSTALLED_APPS = [
    "releve.config",
    "releve.core",  # before allauth: its templates take the place of allauth's
    "releve.core.vault",
    "releve.audit",
    "releve.notifications",
    "releve.questionnaires",
    "releve.people",
    "releve.programs",
    "releve.enrolment",
    "releve.relationships",
    "releve.meetings",
    "releve.workspace",
    "releve.library",
    "releve.surveys",
    "releve.matching",
    "releve.progress",
    "releve.home",
    "releve.reports",
    "releve.privacy",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "lucide",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages; of random length each time: docs/security.md
    "releve.core.vault.middleware.forget_keys",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "releve.core.carrying.carry_typed",  # before the check of forms: what it answers does nothing
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "releve.core.sign_in_guard.sign_in_guard",
    "releve.core.post_only.post_only",
    "releve.people.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "releve.people.middleware.own_settings",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "releve.config.urls"
WSGI_APPLICATION = "releve.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "releve.core.frame.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- what it keeps
DATABASES = {
    "default": environment.database("DATABASE_URL", VAR_DIR / "releve.sqlite3"),
    "vault": environment.database("VAULT_URL", VAR_DIR / "vault.sqlite3"),
}
if all(DATABASES["default"].get(part) == DATABASES["vault"].get(part) for part in ("NAME", "HOST", "PORT")):
    raise ImproperlyConfigured(
        "VAULT_URL names the same database as DATABASE_URL. Give the vault its own, so that no backup of the data holds its keys."
    )
DATABASE_ROUTERS = ["releve.config.routers.VaultRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": environment.cache("CACHE_URL", "dbcache://releve_cache")}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns about a missing folder
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = VAR_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # a text far too long is said beside its field, not refused with the page

# --- languages and time
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [environment.PACKAGE / "locale"]
TIME_ZONE = environment.time_zone("TIME_ZONE", "America/Toronto")
USE_I18N = USE_TZ = True

# --- who signs in
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "releve.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_FORMS = {
    "add_email": "releve.people.forms.NewAddressForm",
    "change_password": "releve.people.forms.ChangePasswordForm",
    "confirm_email_verification_code": "releve.people.forms.AddressCodeForm",
    "confirm_login_code": "releve.people.forms.SignInCodeForm",
    "confirm_password_reset_code": "releve.people.forms.PasswordCodeForm",
    "login": "releve.people.forms.SignInForm",
    "reauthenticate": "releve.people.forms.ConfirmPasswordForm",
    "request_login_code": "releve.people.forms.AskForCodeForm",
    "reset_password": "releve.people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "releve.people.forms.NewPasswordForm",
    "set_password": "releve.people.forms.SetPasswordForm",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True  # one address at a time
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60  # the letters say so
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed address or password is told
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# --- what it sends and says
mail = environment.email("EMAIL_URL", "consolemail://" if at_home else None)
EMAIL_BACKEND = "releve.notifications.demo_backend.DemoBackend" if DEMO else mail["EMAIL_BACKEND"]
EMAIL_HOST = mail["EMAIL_HOST"]
EMAIL_PORT = mail["EMAIL_PORT"]
EMAIL_HOST_USER = mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("MAIL_FROM", f"Relève <releve@{site_host}>")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.one_of("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], "INFO")},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
