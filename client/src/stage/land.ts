// The formulas of the ground come in, the meadow with its path and the hills to the horizon go out: one mesh.
import { BufferAttribute, BufferGeometry, Color, Mesh } from 'three';
import type { Air } from './air';
import { FLAT_M, fieldAt, heightAt, hollow, MIDDLE, PATH_GLSL, PATH_HALF_M } from './ground';
import { fractal, smoothstep } from './noise';
import { meadowTexture } from './paint';

const AROUND = 68;
const REACH_M = 375;

const NEAR = new Color(0x8fa455);
const SUNNY = new Color(0xaeb15e);
const COOL = new Color(0x73944f);
const FIELDS = [0xa5b765, 0xdcc67c, 0x83a35c, 0xc6bd6c, 0x76985a, 0xe6d08c, 0x98b274].map((hex) => new Color(hex));
const SAND = new Color(0xc9b98a);

function rings(): number[] {
  const out = [0, 4, 8, 12, FLAT_M];
  for (let r = FLAT_M * 1.075; r < REACH_M; r *= 1.075) out.push(r);
  return out;
}

/** Vertices in rings around the middle of the meadow, finer near. */
export function landGeometry(): BufferGeometry {
  const radii = rings();
  const places = new Float32Array(radii.length * AROUND * 3);
  const colours = new Float32Array(places.length);
  const index: number[] = [];
  const colour = new Color();
  const patches = fractal(3, 3);
  for (let i = 0; i < radii.length; i++) {
    for (let k = 0; k < AROUND; k++) {
      const turn = ((k + (i % 2) * 0.5) / AROUND) * Math.PI * 2;
      const x = MIDDLE.x + Math.cos(turn) * radii[i]!;
      const z = MIDDLE.z + Math.sin(turn) * radii[i]!;
      const v = i * AROUND + k;
      places.set([x, heightAt(x, z), z], v * 3);
      fieldColour(colour, x, z, radii[i]!, patches).toArray(colours, v * 3);
      if (i === 0) continue;
      const next = (k + 1) % AROUND;
      const shift = i % 2 ? 0 : 1;
      const [a, b, c, d] = [v - AROUND, (i - 1) * AROUND + next, v, i * AROUND + next];
      if (shift) index.push(a, b, c, b, d, c);
      else index.push(a, d, c, a, b, d);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(places, 3));
  geometry.setAttribute('color', new BufferAttribute(colours, 3));
  geometry.setIndex(index);
  geometry.computeVertexNormals();
  return geometry;
}

/** Meadow near, a patchwork of fields far away, sand at the water. */
function fieldColour(out: Color, x: number, z: number, r: number, patches: (x: number, y: number) => number): Color {
  const spot = patches(x * 0.07 + 3, z * 0.07);
  out
    .copy(COOL)
    .lerp(NEAR, smoothstep(0.25, 0.5, spot))
    .lerp(SUNNY, smoothstep(0.5, 0.75, spot) * 0.8);
  const [u, v] = fieldAt(x, z);
  const pick = Math.abs(Math.floor(u) * 5 + Math.floor(v) * 3) % FIELDS.length;
  out.lerp(FIELDS[pick]!, smoothstep(50, 90, r) * 0.9);
  return out.lerp(SAND, Math.min(0.8, hollow(x, z) * 1.4));
}

export const GRASS_COLOUR_GLSL = /* glsl */ `
float meadowLight(vec2 p, sampler2D strokes) {
  float near = texture2D(strokes, p * 0.43).r;
  float broad = texture2D(strokes, p.yx * 0.061 + 0.3).r;
  float wide = texture2D(strokes, p * 0.0083 + 0.7).r;
  return (near - 0.48) * 0.9 + (broad - 0.48) * 0.9 + (wide - 0.48) * 0.8;
}`;

export function makeLand(air: Air): Mesh {
  const strokes = { value: meadowTexture() };
  const material = air.painted(
    {},
    {
      grain: 0,
      uniforms: { uStrokes: strokes },
      fragmentHead: `uniform sampler2D uStrokes; ${PATH_GLSL} ${GRASS_COLOUR_GLSL}`,
      fragment: /* glsl */ `
float far = length(vAir - cameraPosition);
float strokesHere = meadowLight(vAir.xz, uStrokes);
diffuseColor.rgb *= 1.0 + strokesHere * mix(1.0, 0.5, clamp(far / 60.0, 0.0, 1.0));
float ragged = (texture2D(uGrain, vAir.xz * 0.33).r - 0.5) * 0.75 + (texture2D(uGrain, vAir.xz * 1.7).r - 0.5) * 0.34;
float path = 1.0 - smoothstep(${(PATH_HALF_M - 0.12).toFixed(2)}, ${(PATH_HALF_M + 0.2).toFixed(2)}, pathDistance(vAir.xz) + ragged);
float pebbles = texture2D(uGrain, vAir.xz * 5.3).r + texture2D(uGrain, vAir.zx * 1.1).r;
vec3 sand = vec3(0.60, 0.46, 0.29) * (0.72 + 0.3 * pebbles);
diffuseColor.rgb = mix(diffuseColor.rgb, sand, path * 0.93 * (1.0 - smoothstep(60.0, 110.0, far)));`,
    },
  );
  const mesh = new Mesh(landGeometry(), material);
  mesh.receiveShadow = true;
  mesh.name = 'land';
  return mesh;
}
