from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Open no account to passers-by: people come in by invitation or by registering for a program."""

    def is_open_for_signup(self, request):
        return False
