from tests.confidentiality.world import World


def test_world(world: World):
    assert {name: pair.state for name, pair in world.pairs.items()}
