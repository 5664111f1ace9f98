// Materials come in; they go out lit by the same sun, seen through the same air, moved by the same wind.
import {
  Color,
  type DataTexture,
  type IUniform,
  type Material,
  MeshLambertMaterial,
  type MeshLambertMaterialParameters,
  Vector3,
} from 'three';
import { HAZE_GLSL } from './glsl';
import { grainTexture } from './paint';

export interface Patch {
  vertexHead?: string;
  vertex?: string; // after begin_vertex; `transformed` may be moved
  fragmentHead?: string;
  fragment?: string; // after color_fragment; `diffuseColor` may be changed
  glow?: string; // before the light is summed; may add to `totalEmissiveRadiance`
  uniforms?: Record<string, IUniform>;
  soft?: boolean; // both sides are lit as one, as leaves and blades are
  grain?: number; // how strongly brush marks show, 0..1
}

/** What all materials share. */
export class Air {
  readonly grain: DataTexture = grainTexture();
  readonly uniforms = {
    uTime: { value: 0 },
    uWind: { value: 1 },
    uSunDirection: { value: new Vector3(0, 1, 0) },
    uSunColour: { value: new Color(1, 1, 1) },
    uRim: { value: new Color(1, 1, 1) },
    uGlow: { value: new Color(1, 1, 1) },
    uHaze: { value: new Color(1, 1, 1) },
    uHazePerM: { value: 0.005 },
    uGrain: { value: this.grain },
    uLamp: { value: 1 },
  };

  /** A Lambert material with vertex colours, unless told otherwise. */
  painted(parameters: MeshLambertMaterialParameters = {}, patch: Patch = {}): MeshLambertMaterial {
    const material = new MeshLambertMaterial({ vertexColors: true, ...parameters });
    this.breathe(material, patch);
    return material;
  }

  /** Puts a material into this air. */
  breathe(material: Material, patch: Patch): void {
    material.onBeforeCompile = (shader) => {
      Object.assign(shader.uniforms, this.uniforms, patch.uniforms ?? {});
      shader.vertexShader = vertexOf(shader.vertexShader, patch);
      shader.fragmentShader = fragmentOf(shader.fragmentShader, patch);
    };
    const key = JSON.stringify([patch.vertexHead, patch.vertex, patch.fragmentHead, patch.fragment, patch.glow, patch.grain, patch.soft]);
    material.customProgramCacheKey = () => key;
  }
}

function vertexOf(source: string, patch: Patch): string {
  return source
    .replace(
      '#include <common>',
      `#include <common>
uniform float uTime; uniform float uWind; varying vec3 vAir; varying vec3 vBrush;
${patch.vertexHead ?? ''}`,
    )
    .replace('#include <begin_vertex>', `#include <begin_vertex>\nvBrush = position;\n${patch.vertex ?? ''}`)
    .replace(
      '#include <worldpos_vertex>',
      `vec4 airPlace = vec4(transformed, 1.0);
#ifdef USE_INSTANCING
airPlace = instanceMatrix * airPlace;
#endif
vAir = (modelMatrix * airPlace).xyz;
#include <worldpos_vertex>`,
    );
}

function fragmentOf(source: string, patch: Patch): string {
  const grain = patch.grain ?? 0.5;
  const brush =
    grain > 0
      ? `float brush = texture2D(uGrain, vBrush.xy * 0.9 + vBrush.zz * vec2(0.53, 0.71)).r + texture2D(uGrain, vBrush.zy * 3.1 + vBrush.x).r;
diffuseColor.rgb *= 1.0 + ${(grain * 0.34).toFixed(3)} * (brush - 1.0);`
      : '';
  return source
    .replace(
      '#include <common>',
      `#include <common>
uniform vec3 uSunDirection; uniform vec3 uSunColour; uniform vec3 uRim; uniform vec3 uGlow; uniform vec3 uHaze; uniform float uHazePerM;
uniform sampler2D uGrain; uniform float uTime; uniform float uLamp; varying vec3 vAir; varying vec3 vBrush;
${HAZE_GLSL}
${patch.fragmentHead ?? ''}`,
    )
    .replace('#include <color_fragment>', `#include <color_fragment>\n${brush}\n${patch.fragment ?? ''}`)
    .replace('#include <normal_fragment_begin>', `#include <normal_fragment_begin>\n${patch.soft ? 'normal = normalize(vNormal);' : ''}`)
    .replace('#include <emissivemap_fragment>', `#include <emissivemap_fragment>\n${patch.glow ?? ''}`)
    .replace('#include <opaque_fragment>', 'outgoingLight = throughAir(outgoingLight, vAir - cameraPosition);\n#include <opaque_fragment>');
}
