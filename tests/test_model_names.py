"""Which dialect a model's name leads to, and in which numbers it is believed: a wrong one clicks beside the target."""

import pytest

from agent.dialects.families import DIALECTS, dialect_named
from agent.dialects.model_names import RULES, rule_for
from agent.dialects.spaces import Absolute, Relative, Space

PIXELS, THOUSAND, ONE = Absolute(), Relative(1000), Relative(1)
NAMES: list[tuple[str, str, Space]] = [
    ("Qwen/Qwen2-VL-7B-Instruct", "qwen2-vl", THOUSAND),
    ("Qwen/Qwen2.5-VL-3B-Instruct", "qwen2.5-vl", PIXELS),
    ("qwen2.5vl:7b", "qwen2.5-vl", PIXELS),
    ("/models/Qwen2_5-VL-72B-Instruct-AWQ", "qwen2.5-vl", PIXELS),
    ("Qwen/Qwen3-VL-4B-Instruct", "qwen3-vl", THOUSAND),
    ("qwen3-vl:8b", "qwen3-vl", THOUSAND),
    ("Qwen/Qwen3-VL-30B-A3B-Instruct", "qwen3-vl", THOUSAND),
    ("Qwen/Qwen3.5-4B", "qwen3.5", THOUSAND),
    ("Qwen/Qwen3.5-9B", "qwen3.5", THOUSAND),
    ("Qwen/Qwen3.5-35B-A3B", "qwen3.5", THOUSAND),
    ("Qwen/Qwen3.6-27B", "qwen3.5", THOUSAND),
    ("Qwen/Qwen3.6-35B-A3B-FP8", "qwen3.5", THOUSAND),
    ("qwen3.6:35b-a3b", "qwen3.5", THOUSAND),
    ("Qwen/Qwen3.8-27B", "qwen3.5", THOUSAND),
    ("unsloth/Qwen3.8-27B-GGUF", "qwen3.5", THOUSAND),
    ("qwen35-vl", "qwen3.5", THOUSAND),
    ("ByteDance-Seed/UI-TARS-1.5-7B", "ui-tars-1.5", PIXELS),
    ("ui-tars-1.5-7b-q8_0", "ui-tars-1.5", PIXELS),
    ("ByteDance-Seed/UI-TARS-7B-DPO", "ui-tars-1", THOUSAND),
    ("bytedance-research/UI-TARS-7B-SFT", "ui-tars-1", THOUSAND),
    ("bytedance-research/UI-TARS-72B-DPO", "ui-tars-1", THOUSAND),
    ("UI-TARS-2B-SFT", "ui-tars-1", THOUSAND),
    ("UI-TARS-2", "ui-tars-1", THOUSAND),
    ("microsoft/Fara-7B", "fara-7b", PIXELS),
    ("fara-7b-q4_k_m.gguf", "fara-7b", PIXELS),
    ("microsoft/Fara1.5-4B", "fara-1.5", THOUSAND),
    ("microsoft/Fara1.5-9B", "fara-1.5", THOUSAND),
    ("microsoft/Fara-1.5-27B", "fara-1.5", THOUSAND),
    ("Hcompany/Holo1-3B", "holo1.5", PIXELS),
    ("Hcompany/Holo1.5-7B", "holo1.5", PIXELS),
    ("Hcompany/Holo2-8B", "holo2", THOUSAND),
    ("Hcompany/Holo3-35B-A3B", "holo3", THOUSAND),
    ("Hcompany/Holo3.1-35B-A3B", "holo3", THOUSAND),
    ("Hcompany/Holo-3.1-4B", "holo3", THOUSAND),
    ("holo3-1-35b-a3b", "holo3", THOUSAND),
    ("Hcompany/Holo4-27B", "holo3", THOUSAND),
    ("Holo4-35B-A3B-GGUF", "holo3", THOUSAND),
    ("inclusionAI/UI-Venus-2-9B", "ui-venus-2", THOUSAND),
    ("inclusionAI/UI-Venus-2-27B", "ui-venus-2", THOUSAND),
    ("inclusionAI/UI-Venus-1.5-2B", "ui-venus-1.5", THOUSAND),
    ("inclusionAI/UI-Venus-1.5-30B-A3B", "ui-venus-1.5", THOUSAND),
    ("inclusionAI/UI-Venus-Ground-7B", "qwen2.5-vl", PIXELS),
    ("zai-org/AutoGLM-Phone-9B", "autoglm-phone", THOUSAND),
    ("zai-org/AutoGLM-Phone-9B-Multilingual", "autoglm-phone", THOUSAND),
    ("autoglm-phone", "autoglm-phone", THOUSAND),
    ("Tongyi-MAI/MAI-UI-2B", "qwen3-vl", THOUSAND),
    ("Tongyi-MAI/MAI-UI-8B", "qwen3-vl", THOUSAND),
    ("meituan/EvoCUA-8B-20260105", "qwen3-vl", THOUSAND),
    ("meituan/EvoCUA-32B", "qwen3-vl", THOUSAND),
    ("stepfun-ai/GELab-Zero-4B-preview", "qwen3-vl", THOUSAND),
    ("stepfun-ai/Step-GUI-8B", "qwen3-vl", THOUSAND),
    ("xlangai/OpenCUA-7B", "opencua", PIXELS),
    ("xlangai/OpenCUA-32B", "opencua", PIXELS),
    ("xlangai/OpenCUA-72B", "opencua", PIXELS),
    ("xlangai/OpenCUA-A3B", "opencua", ONE),
    ("xlangai/OpenCUA-Qwen2-7B", "opencua", ONE),
    ("xlangai/Jedi-3B-1080p", "qwen2.5-vl", PIXELS),
    ("xlangai/Jedi-7B-1080p", "qwen2.5-vl", PIXELS),
    ("HelloKKMe/GTA1-7B", "gta1", PIXELS),
    ("Salesforce/GTA1-32B", "gta1", PIXELS),
    ("HelloKKMe/GTA1-7B-2507", "gta1", PIXELS),
    ("mlfoundations/Gelato-30B-A3B", "gta1", THOUSAND),
    ("osunlp/UGround-V1-7B", "qwen2-vl", THOUSAND),
    ("osunlp/UGround-V1-72B", "qwen2-vl", THOUSAND),
    ("OS-Copilot/OS-Atlas-Base-7B", "qwen2-vl", THOUSAND),
    ("xlangai/Aguvis-7B-720P", "opencua", ONE),
    ("showlab/ShowUI-2B", "generic", ONE),
    ("ritzzai/GUI-R1-3B", "qwen2.5-vl", PIXELS),
    ("mPLUG/GUI-Owl-7B", "gui-owl-1", PIXELS),
    ("mPLUG/GUI-Owl-32B", "gui-owl-1", PIXELS),
    ("mPLUG/GUI-Owl-1.5-8B-Instruct", "gui-owl-1.5", THOUSAND),
    ("OpenGVLab/InternVL2_5-8B", "internvl2.5", THOUSAND),
    ("OpenGVLab/InternVL3_5-8B", "internvl2.5", THOUSAND),
    ("zai-org/GLM-4.5V", "generic", THOUSAND),
    ("zai-org/GLM-4.1V-9B-Thinking", "generic", THOUSAND),
    ("zai-org/GLM-4.6V", "generic", THOUSAND),
    ("moonshotai/Kimi-K2.5", "opencua", ONE),
    ("openbmb/AgentCPM-GUI", "generic", THOUSAND),
    ("doubao-seed-1-6-vision", "generic", THOUSAND),
    ("gpt-5.4", "generic", PIXELS),
    ("gpt-6.1-sol", "generic", PIXELS),
    ("gpt-5", "generic", THOUSAND),
    ("Qwen/Qwen3-8B", "generic", THOUSAND),
    ("a-model-of-mine", "generic", THOUSAND),
    ("", "generic", THOUSAND),
]


@pytest.mark.parametrize(("model", "dialect", "space"), NAMES, ids=[name or "no name" for name, _, _ in NAMES])
def test_a_name_tells_the_dialect_and_the_numbers(model: str, dialect: str, space: Space) -> None:
    rule = rule_for(model)
    assert rule.dialect == dialect
    assert dialect_named(rule.dialect, space=rule.space).space == space


def test_every_rule_leads_to_a_dialect_and_is_met_by_a_name_here() -> None:
    assert {rule.dialect for rule in RULES} <= DIALECTS.keys()
    met = {rule_for(name).pattern for name, _, _ in NAMES}
    assert {rule.pattern for rule in RULES} <= met
