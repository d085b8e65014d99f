from django.urls import path

from .coordinator_views import asking, board, pairs, policies, runs

app_name = "matching"
PAIRING = "manage/<uuid:cohort>/pairing/"

urlpatterns = [
    path(PAIRING, board.show_pairing, name="show_pairing"),
    path(f"{PAIRING}suggest/", board.suggest_pairs, name="suggest_pairs"),
    path(f"{PAIRING}aim/", board.choose_aim, name="choose_aim"),
    path(f"{PAIRING}adjust/", board.adjust_pair, name="adjust_pair"),
    path(f"{PAIRING}swap/", board.swap_pairs, name="swap_pairs"),
    path(f"{PAIRING}undo/<uuid:adjustment>/", board.undo_adjustment, name="undo_adjustment"),
    path(f"{PAIRING}policy/", policies.change_policy, name="change_policy"),
    path(f"{PAIRING}runs/", runs.list_runs, name="list_runs"),
    path(f"{PAIRING}runs/<int:number>/", runs.show_run, name="show_run"),
    path(f"{PAIRING}runs/<int:number>/stop/", runs.cancel_run, name="cancel_run"),
    path(f"{PAIRING}runs/<int:number>/and/<int:other>/", runs.compare_two_runs, name="compare_runs"),
    path(f"{PAIRING}why/<uuid:mentee>/", asking.explain_person, name="explain_person"),
    path(f"{PAIRING}by-hand/", pairs.choose_by_hand, name="choose_by_hand"),
    path(f"{PAIRING}introduce/", pairs.propose_pairs, name="propose_pairs"),
    path(f"{PAIRING}<uuid:mentee>/<uuid:mentor>/", pairs.decide_pair, name="decide_pair"),
]
