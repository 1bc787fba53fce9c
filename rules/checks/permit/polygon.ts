import type { Position } from '../../content/fields.js';

/** Whether a point lies inside a polygon (even-odd rule); on its edge counts as inside. */
export function isInside(point: Position, polygon: readonly Position[]): boolean {
  let inside = false;
  for (const [index, one] of polygon.entries()) {
    const other = polygon.at(index - 1) ?? one;
    if (isBetween(point, one, other)) return true;
    const crosses = one.lat > point.lat !== other.lat > point.lat;
    if (
      crosses &&
      point.lon < one.lon + ((other.lon - one.lon) * (point.lat - one.lat)) / (other.lat - one.lat)
    )
      inside = !inside;
  }
  return inside;
}

function isBetween(point: Position, one: Position, other: Position): boolean {
  const cross = (point.lon - one.lon) * (other.lat - one.lat) - (point.lat - one.lat) * (other.lon - one.lon);
  return (
    Math.abs(cross) < 1e-12 &&
    Math.min(one.lon, other.lon) <= point.lon &&
    point.lon <= Math.max(one.lon, other.lon) &&
    Math.min(one.lat, other.lat) <= point.lat &&
    point.lat <= Math.max(one.lat, other.lat)
  );
}
