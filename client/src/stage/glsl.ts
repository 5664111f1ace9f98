// Pieces of shader that several materials share.

/** Aerial perspective: far things take the colour of the air, warmer towards the sun. */
export const HAZE_GLSL = /* glsl */ `
vec3 airColour(vec3 direction) {
  float toSun = max(dot(direction, uSunDirection), 0.0);
  float low = 1.0 - clamp(direction.y * 3.0, 0.0, 1.0);
  return mix(uHaze, uGlow, (0.55 * pow(toSun, 3.0) + 0.25 * toSun) * low);
}
vec3 throughAir(vec3 colour, vec3 ray) {
  float far = length(ray);
  float f = 1.0 - exp(-pow(far * uHazePerM, 1.25));
  return mix(colour, airColour(ray / max(far, 0.001)), min(f, 0.96));
}`;

/** A breeze that runs over the meadow: metres of sway at a place, for something one metre tall. */
export const BREEZE_GLSL = /* glsl */ `
vec2 breeze(vec2 place) {
  float gust = sin(dot(place, vec2(0.31, 0.23)) - uTime * 0.9) * 0.5 + 0.5;
  float flutter = sin(dot(place, vec2(2.3, 1.7)) + uTime * 2.1) * 0.35 + sin(dot(place, vec2(-1.1, 3.1)) + uTime * 1.3) * 0.3;
  return uWind * (0.25 + 0.75 * gust) * (vec2(0.16, 0.05) + vec2(0.13, 0.1) * flutter);
}`;
