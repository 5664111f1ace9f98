// The plain materials of a likeness come in; skin that light goes round, wet eyes and hair with a sheen go out, by the part's name.
import {
  ClampToEdgeWrapping,
  CustomBlending,
  DoubleSide,
  type Material,
  type Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  type Object3D,
  OneFactor,
  ShaderChunk,
  ZeroFactor,
} from 'three';
import { makeHalo } from './halo';
import { NOISE, PAINTS, type Paint } from './paints';
import type { About } from './rig';

/** Light reaches a little round the form, red the furthest: the cheap half of what light does inside skin. */
function wrapped(red: number, green: number, blue: number): string {
  const { lights_physical_pars_fragment: lights } = ShaderChunk;
  return lights
    .replace(
      'float dotNL = saturate( dot( geometryNormal, directLight.direction ) );',
      `float dotNL = saturate(dot(geometryNormal, directLight.direction));
vec3 round = vec3(${red}, ${green}, ${blue});
vec3 soft = saturate((dot(geometryNormal, directLight.direction) + round) / (1.0 + round));
soft *= soft * (3.0 - 2.0 * soft) * 0.25 + 0.75;`,
    )
    .replace('vec3 irradiance = dotNL * directLight.color;', 'vec3 irradiance = soft * directLight.color;');
}

/** Smoothed normals may turn away from the eye at an edge: bring them back, so that no dark specks appear there. */
const FACING = `{ vec3 eyeward = normalize(vViewPosition); float facing = dot(normal, eyeward);
if (facing < 0.12) normal = normalize(normal + eyeward * (0.12 - facing)); }`;

const SKIN_RIM = `{ float edge = pow(1.0 - saturate(dot(normal, normalize(vViewPosition))), 2.6);
outgoingLight += diffuseColor.rgb * vec3(1.0, 0.72, 0.58) * edge * 0.16 * (0.35 + 0.65 * saturate(normal.y * 0.6 + 0.5)); }`;

const CLOTH_RIM = `{ float edge = pow(1.0 - saturate(dot(normal, normalize(vViewPosition))), 2.6);
outgoingLight += diffuseColor.rgb * edge * 0.25 * (0.35 + 0.65 * saturate(normal.y * 0.6 + 0.5)); }`;

/** The window in the eye: one large light above, one small below. It fades with the day. */
const CATCHLIGHT = `{ vec3 eyeward = normalize(vViewPosition); vec3 mirrored = reflect(-eyeward, normal);
float day = saturate(dot(reflectedLight.indirectDiffuse, vec3(0.9)));
float high = smoothstep(0.955, 0.972, dot(mirrored, normalize(vec3(-0.38, 0.50, 0.78))));
float low = smoothstep(0.985, 0.994, dot(mirrored, normalize(vec3(0.42, -0.28, 0.86))));
outgoingLight += vec3(1.0, 0.97, 0.92) * (high * 0.95 + low * 0.22) * (0.35 + 0.65 * day);
vec3 wet = reflectedLight.indirectDiffuse / max(diffuseColor.rgb, vec3(0.05));
outgoingLight += wet * (0.05 + 0.5 * pow(1.0 - saturate(dot(normal, eyeward)), 4.0)) * smoothstep(-0.1, 0.7, mirrored.y); }`;

const STRAND_VERTEX_HEAD = '#include <common>\nattribute vec4 tangent; varying vec3 vStrand;';
const STRAND_VERTEX = `vec3 strand = tangent.xyz;
#ifdef USE_SKINNING
strand = (bindMatrixInverse * skinMatrix * bindMatrix * vec4(strand, 0.0)).xyz;
#endif
vStrand = normalize((modelViewMatrix * vec4(strand, 0.0)).xyz);
#include <project_vertex>`;

/** Thin strands would fade away with distance: their alpha grows as the picture is made smaller. Sheets, cloth and stubble keep theirs. */
const STRANDS_KEPT = `{ vec2 across = dFdx(vMapUv) * 1024.0, down = dFdy(vMapUv) * 1024.0;
float smaller = max(0.0, 0.5 * log2(max(dot(across, across), dot(down, down))));
if (vMapUv.x > 0.125 && vMapUv.y < 0.872) diffuseColor.a *= 1.0 + 0.22 * smaller; }
#include <alphatest_fragment>`;

/** Which strands shine: cloth in the hair's picture does not, coils hardly. The picture of a brought body has no such places. */
const SILK = 'float silk = vMapUv.y > 0.872 ? 0.0 : vMapUv.x > 0.75 ? 0.12 : vMapUv.x > 0.5 ? 0.75 : 1.0;';

/**
 * Light along strands after Kajiya and Kay, with the two shifted lobes of Marschner: a narrow one of the light's own colour nearer the root
 * and a broad one of the hair's colour nearer the tip, broken up strand by strand. Coils scatter most of it; cloth has none.
 */
const SHEEN = `outgoingLight -= totalSpecular;
{ vec3 eyeward = normalize(vViewPosition);
float strand = clamp(diffuseColor.g / max(vColor.g, 0.004) - 0.46, -0.4, 0.5);
${SILK}
vec3 along = normalize(vStrand);
vec3 near = normalize(along - normal * (0.12 - strand * 0.5)), far = normalize(along + normal * (0.22 + strand * 0.4));
vec3 up = normalize((viewMatrix * vec4(0.0, 1.0, 0.0, 0.0)).xyz);
vec3 sky = reflectedLight.indirectDiffuse / max(diffuseColor.rgb, vec3(0.004));
vec3 shine = vec3(0.0);
for (int k = 0; k < 2; k++) {
  vec3 light = normalize(up + eyeward * 0.45), colour = sky * 0.8;
#if NUM_DIR_LIGHTS > 0
  if (k == 0) { light = directionalLights[0].direction; colour = directionalLights[0].color * 0.32; }
#endif
  vec3 halfway = normalize(eyeward + light);
  float one = dot(near, halfway), two = dot(far, halfway);
  float narrow = pow(max(0.0, 1.0 - one * one), 70.0), broad = pow(max(0.0, 1.0 - two * two), 9.0);
  float lit = smoothstep(-0.25, 0.7, dot(normal, light));
  shine += lit * colour * (vec3(0.085) * narrow * saturate(0.6 + strand * 2.4) + (diffuseColor.rgb * 1.05 + 0.006) * broad);
}
float edge = pow(1.0 - saturate(dot(normal, eyeward)), 3.0);
outgoingLight += shine * silk + diffuseColor.rgb * sky * edge * 0.22; }`;

/** The root of a lash lies inside the lid's edge: the strokes (known by their blue, likeness/eyes.py) are drawn as if 3 mm nearer. */
const LASHES_FORWARD = `if (color.b < 0.006) { float far = length(mvPosition.xyz);
gl_Position = projectionMatrix * vec4(mvPosition.xyz * (1.0 - min(0.003, 0.008 * far) / far), 1.0); }`;

interface Patch {
  readonly light: readonly [number, number, number];
  readonly after: string;
  readonly strands?: boolean;
  readonly paint?: Paint;
  readonly brought?: boolean;
}

/** The place on her body at rest, for strokes that move with her. */
const REST_VERTEX = '#include <common>\nvarying vec3 vRest;';
const REST = '#include <begin_vertex>\nvRest = position;';

function patched(material: MeshStandardMaterial, patch: Patch): MeshStandardMaterial {
  const { light, after, strands = false, paint } = patch;
  const normals = strands ? ShaderChunk.normal_fragment_begin.replace('normal *= faceDirection;', '') : '#include <normal_fragment_begin>';
  const own = `${strands ? 'varying vec3 vStrand;' : ''}${paint ? `varying vec3 vRest;${NOISE}` : ''}`;
  material.onBeforeCompile = (shader) => {
    if (strands) {
      shader.vertexShader = shader.vertexShader
        .replace('#include <common>', STRAND_VERTEX_HEAD)
        .replace('#include <project_vertex>', STRAND_VERTEX);
    }
    if (paint) shader.vertexShader = shader.vertexShader.replace('#include <common>', REST_VERTEX).replace('#include <begin_vertex>', REST);
    let fragment = shader.fragmentShader
      .replace('void main() {', `${own}\nvoid main() {`)
      .replace('#include <lights_physical_pars_fragment>', wrapped(...light))
      .replace('#include <normal_fragment_begin>', normals + FACING)
      .replace('#include <alphatest_fragment>', strands && !patch.brought ? STRANDS_KEPT : '#include <alphatest_fragment>')
      .replace('#include <opaque_fragment>', `${after}\n#include <opaque_fragment>`);
    if (paint?.map && material.map) fragment = fragment.replace('#include <map_fragment>', paint.map);
    shader.fragmentShader = fragment;
  };
  material.customProgramCacheKey = () => `${light}${after}${strands}${paint?.map}${patch.brought}`;
  return material;
}

function standard(old: MeshStandardMaterial, roughness: number): MeshStandardMaterial {
  return new MeshStandardMaterial({ name: old.name, map: old.map, vertexColors: true, metalness: 0, roughness });
}

/** Gives each of the five parts its material, in one of three styles: portrait, painted, light. One draw call each, as before. */
export function dress(scene: Object3D, about: About, style = 'portrait'): void {
  const meshes: Mesh[] = [];
  scene.traverse((object) => {
    if ('isMesh' in object) meshes.push(object as Mesh);
  });
  for (const mesh of meshes) {
    const old = mesh.material as MeshStandardMaterial;
    const { map, name: part } = old;
    if (map !== null) map.anisotropy = 8;
    mesh.castShadow = part === 'skin' || part === 'hair' || part === 'cloth';
    mesh.receiveShadow = part === 'skin' || part === 'cloth'; // strands would only speckle each other
    mesh.material = materialOf(part, old, about, PAINTS[style]?.[part]);
    if (part === 'overlay') mesh.renderOrder = 2;
    old.dispose();
  }
  const [head, hips] = [scene.getObjectByName('head'), scene.getObjectByName('root')];
  if (style === 'light' && head && hips) scene.add(makeHalo(head, hips, about.height_m));
}

function materialOf(part: string, old: MeshStandardMaterial, about: About, paint?: Paint): Material {
  const { map } = old;
  if (part === 'overlay') return lashes(old);
  const material = standard(old, paint?.roughness ?? ROUGHNESS[part] ?? 0.95);
  if (!paint && old.normalMap !== null) {
    material.normalMap = old.normalMap; // pores, creases and the lines of age; a painted skin has none
    material.normalScale.copy(old.normalScale);
    old.normalMap.anisotropy = 4;
  }
  const light = WRAPS[part] ?? WRAPS['cloth']!;
  const own: Readonly<Record<string, string>> = {
    skin: SKIN_RIM,
    eyes: CATCHLIGHT,
    hair: about.brought ? SHEEN.replace(SILK, 'float silk = 0.8;') : SHEEN,
    cloth: CLOTH_RIM,
  };
  if (part === 'hair' || part === 'cloth') material.side = DoubleSide;
  if (part === 'hair') {
    material.alphaTest = paint ? 0.36 : 0.5;
    if (map !== null) map.wrapS = map.wrapT = ClampToEdgeWrapping; // the tip of a strand must not meet its own root
  } else if (old.alphaTest > 0) material.alphaTest = old.alphaTest; // lace and the like of a brought body
  if (paint?.soft) {
    material.alphaToCoverage = true;
    material.blending = CustomBlending; // how much of a point is covered goes to its samples alone; the page behind never shines through
    material.blendSrc = OneFactor;
    material.blendDst = ZeroFactor;
    material.blendSrcAlpha = ZeroFactor;
    material.blendDstAlpha = OneFactor;
  }
  const shared = { light, after: paint?.after ?? own[part] ?? CLOTH_RIM, strands: part === 'hair', brought: about.brought === true };
  return patched(material, paint ? { ...shared, paint } : shared);
}

const ROUGHNESS: Readonly<Record<string, number>> = { skin: 0.58, eyes: 0.4, hair: 0.75, cloth: 0.95 };
const WRAPS: Readonly<Record<string, readonly [number, number, number]>> = {
  skin: [0.4, 0.24, 0.18],
  eyes: [0.6, 0.55, 0.5],
  hair: [0.35, 0.3, 0.26],
  cloth: [0.28, 0.24, 0.22],
};

/** Lashes and the shadow of the lids; a brought body has a picture for them, ours are strokes. */
function lashes(old: MeshStandardMaterial): Material {
  const material = new MeshBasicMaterial({
    name: old.name,
    map: old.map,
    vertexColors: true,
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
  });
  material.forceSinglePass = true;
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader.replace('#include <project_vertex>', `#include <project_vertex>\n${LASHES_FORWARD}`);
  };
  return material;
}
