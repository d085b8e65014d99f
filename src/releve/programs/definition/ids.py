"""Names of things that a definition declares elsewhere; each is looked up once the whole is read."""

from typing import Annotated

from pydantic import Field, StringConstraints

from releve.questionnaires.parts import Identifier, Refers

RoleId = Annotated[Identifier, Refers("role")]
Audience = Annotated[Identifier, Refers("audience")]
FormId = Annotated[Identifier, Refers("form")]
DocumentId = Annotated[Identifier, Refers("document")]
MaterialId = Annotated[Identifier, Refers("material")]
SurveyId = Annotated[Identifier, Refers("survey")]
EventId = Annotated[Identifier, Refers("event")]
ConsentId = Annotated[Identifier, Refers("consent")]
DateId = Annotated[Identifier, Refers("calendar")]
PhaseId = Annotated[Identifier, Refers("phase")]
SiteId = Annotated[Identifier, Refers("site")]
StepId = Annotated[Identifier, Refers("step")]
TopicId = Annotated[Identifier, Refers("topic")]
LetterId = Annotated[Identifier, Refers("letter")]
Requirement = Annotated[str, StringConstraints(pattern=r"^(sign|task):[a-z][a-z0-9_]{0,63}$"), Refers("requirement")]
EmailOrSetting = Annotated[str, Field(max_length=254), Refers("email")]
