VAULT = "vault"


class VaultRouter:
    """Keep the vault's tables, and nothing else, in the database of the same name."""

    def db_for_read(self, model, **hints):
        return VAULT if model._meta.app_label == VAULT else None

    def db_for_write(self, model, **hints):
        return self.db_for_read(model, **hints)

    def allow_relation(self, one, other, **hints):
        return (one._meta.app_label == VAULT) == (other._meta.app_label == VAULT)

    def allow_migrate(self, db, app_label, **hints):
        return (db == VAULT) == (app_label == VAULT)
