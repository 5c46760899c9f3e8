"""Every read of surveys and of what their answers say."""

from haoke.quality.queries.answers import AnswerFilter, AnswerPage, AnswerRow, answer_page, answer_rows
from haoke.quality.queries.panels import answers_of_customers
from haoke.quality.queries.satisfaction import Group, SatisfactionReport, satisfaction_report
from haoke.quality.queries.scores import scores_given
from haoke.quality.queries.surveys import Survey, survey_by_token, way_on_address
from haoke.quality.rules import FEWEST, Satisfaction

__all__ = [
    "FEWEST",
    "AnswerFilter",
    "AnswerPage",
    "AnswerRow",
    "Group",
    "Satisfaction",
    "SatisfactionReport",
    "Survey",
    "answer_page",
    "answer_rows",
    "answers_of_customers",
    "satisfaction_report",
    "scores_given",
    "survey_by_token",
    "way_on_address",
]
