// A place on the map comes in, the height of the ground and the distance to the path go out; the same formulas serve the shaders.
import { smoothstep } from './noise';

/** The middle of the meadow. Within FLAT_M of it the ground is level, so that feet, cloth and bed stand true. */
export const MIDDLE = { x: 0, z: -5 } as const;
export const FLAT_M = 15;
export const PATH_HALF_M = 0.5;
export const POND = { x: 13.5, z: -30, halfX: 7.5, halfZ: 3.2, y: -0.22 } as const;

/** Metres above the meadow. */
export function heightAt(x: number, z: number): number {
  const r = Math.hypot(x - MIDDLE.x, z - MIDDLE.z);
  if (r <= FLAT_M) return 0;
  const rise = smoothstep(FLAT_M, 95, r);
  const roll = Math.sin(x * 0.031 + 0.6) * Math.cos(z * 0.027 - 0.4) + 0.5 * Math.sin(x * 0.063 - z * 0.041 + 1.9);
  const far = smoothstep(50, 300, r);
  const ridges = 15 * Math.sin(x * 0.0151 + 0.9) * Math.cos(z * 0.0137 + 0.3) + 9 * Math.sin(x * 0.027 + z * 0.011 + 2.1);
  const soft = rise * (1.9 * roll + 1.2) + far * (24 + ridges);
  return soft * (1 - hollow(x, z)) + hollow(x, z) * (POND.y - 0.25);
}

/** 1 in the pond, 0 away from it. */
export function hollow(x: number, z: number): number {
  const d = Math.hypot((x - POND.x) / POND.halfX, (z - POND.z) / POND.halfZ);
  return 1 - smoothstep(0.8, 1.7, d);
}

/** The corner of the field this place belongs to, in fields: whole numbers name a field, the fraction says where in it. */
export function fieldAt(x: number, z: number): readonly [number, number] {
  const bendX = 0.35 * Math.sin(x * 0.013 + z * 0.021);
  const bendZ = 0.35 * Math.sin(z * 0.017 - x * 0.012 + 1.7);
  return [x * 0.0172 + z * 0.004 + bendX, z * 0.0211 - x * 0.003 + bendZ];
}

/** Is this the edge of a field, where a hedge may grow. */
export function fieldEdge(x: number, z: number): boolean {
  const [u, v] = fieldAt(x, z);
  return u - Math.floor(u) < 0.06 || v - Math.floor(v) < 0.07;
}

/** Where the middle of the path is at this depth. */
export function pathX(z: number): number {
  return 1.3 + 1.1 * Math.sin(0.22 * z + 0.9) + 0.0012 * (z + 4) * (z + 4) * Math.sign(z + 4);
}

export function pathDistance(x: number, z: number): number {
  return Math.abs(x - pathX(z));
}

/** The same path for a shader. */
export const PATH_GLSL = /* glsl */ `
float pathDistance(vec2 p) {
  float s = p.y + 4.0;
  float x = 1.3 + 1.1 * sin(0.22 * p.y + 0.9) + 0.0012 * s * s * sign(s);
  return abs(p.x - x);
}`;
