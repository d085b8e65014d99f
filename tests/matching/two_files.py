"""Two small spreadsheets and a policy, sound unless a test changes them."""

POLICY = """
format: 1
mentees: {id: Code, name: Name}
mentors: {id: Code, name: Name, places: {column: Places}}
questions:
  areas: {type: choices, column: Areas}
  years: {type: number, column: Years}
criteria:
  - {id: areas, kind: overlap, weight: 3, mentee_question: areas}
  - {id: years, kind: near, weight: 1, mentee_question: years, within: 10}
"""
MENTEES = "Code,Name,Areas,Years\nM1,Amina,Ethics,2\nM2,Bo,Finance,3\n"
MENTORS = "Code,Name,Areas,Years,Places\nT1,Chloé,Ethics;Finance,20,2\nT2,Dan,Finance,12,1\n"


def person(read, side, name):
    [one] = [one for one in read.problem.people if (one.side, one.id) == (side, name)]
    return one


def with_question(written, policy=POLICY):
    return policy.replace("criteria:", f"  more: {written}\ncriteria:")
