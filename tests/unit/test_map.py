"""The offline map: frames hold their points, the outline has no country in it, a bar is a round distance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rawi.show.map import base_svg, frame_of, outline, scale_bar

POINTS = st.lists(st.tuples(st.floats(-70, 75), st.floats(-170, 170)), max_size=8)


@given(POINTS)
def test_a_frame_holds_its_points(points: list[tuple[float, float]]) -> None:
    frame = frame_of(points)
    assert frame.height > 0
    for lat, lon in points:
        assert -0.1 <= frame.x(lon) <= frame.width + 0.1
        assert -0.1 <= frame.y(lat) <= frame.height + 0.1


@given(POINTS)
def test_a_scale_bar_is_a_round_distance_within_the_map(points: list[tuple[float, float]]) -> None:
    frame = frame_of(points)
    distance, pixels = scale_bar(frame)
    assert str(distance)[0] in "125"
    assert set(str(distance)[1:]) <= {"0"}
    assert 0 < pixels <= frame.width


def test_land_is_one_path_in_one_colour() -> None:
    svg = base_svg(frame_of([(33.3, 44.4)]))
    assert svg.count('class="land"') == 1
    assert svg.count('class="border"') == 1


def test_the_outline_covers_the_globe() -> None:
    shape = outline()
    assert min(box[0] for box, _ in shape.land) <= -179
    assert max(box[2] for box, _ in shape.land) >= 179
    assert len(shape.borders) > 300
