"""The settings of the suite: independent of the developer's environment, quick, silent, without limits of frequency."""

import base64
import os

os.environ |= {
    "ENV_FILE": "var/no.env",
    "DEBUG": "0",
    "RELEVE_DEMO": "0",
    "SECRET_KEY": "only-for-tests-" + "0" * 40,
    "VAULT_KEYS": base64.urlsafe_b64encode(b"only for tests, 32 bytes long...").decode(),
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "EMAIL_URL": "memorymail://",
    "CACHE_URL": "locmemcache://",
}

from releve.config.settings import *  # noqa: F403  after the environment it reads

ACCOUNT_RATE_LIMITS = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
