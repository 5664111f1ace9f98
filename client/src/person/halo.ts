// A body's head and hips come in; a soft warm air around it goes out, for the style of light: one quad that always faces the eye.
import { AdditiveBlending, BufferAttribute, BufferGeometry, DoubleSide, Mesh, type Object3D, ShaderMaterial, Vector3 } from 'three';

const REACH = 0.25; // how far the glow reaches beyond the body, of its height
const STRENGTH = 0.3;

const VERTEX = `
uniform vec3 top; uniform vec3 foot; uniform float reach;
varying vec2 vAt; varying float vLong;
void main() {
vec3 a = (viewMatrix * vec4(foot, 1.0)).xyz, b = (viewMatrix * vec4(top, 1.0)).xyz;
vec3 away = normalize((a + b) * 0.5);
vec3 along = b - a; along -= away * dot(along, away);
float long_ = max(length(along), 0.001); along /= long_;
vec3 aside = cross(along, away);
vLong = long_;
vAt = vec2(position.x * reach, position.y > 0.0 ? long_ + reach : -reach);
vec3 place = a + along * vAt.y + aside * vAt.x + away * reach * 0.55;
gl_Position = projectionMatrix * vec4(place, 1.0);
}`;

const FRAGMENT = `
uniform float reach; uniform float strength;
varying vec2 vAt; varying float vLong;
void main() {
float far = length(vec2(vAt.x, vAt.y - clamp(vAt.y, 0.0, vLong))) / reach;
float glow = exp(-far * far * 5.0) - exp(-5.0);
gl_FragColor = vec4(vec3(1.0, 0.74, 0.42) * max(glow, 0.0) * strength, 1.0);
#include <colorspace_fragment>
}`;

/** A glow behind the body, from the knees to the head. It follows sitting and lying by itself. */
export function makeHalo(head: Object3D, hips: Object3D, heightM: number): Mesh {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0]), 3));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  const top = new Vector3();
  const foot = new Vector3();
  const material = new ShaderMaterial({
    name: 'halo',
    uniforms: { top: { value: top }, foot: { value: foot }, reach: { value: REACH * heightM }, strength: { value: STRENGTH } },
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
    blending: AdditiveBlending,
  });
  const halo = new Mesh(geometry, material);
  material.forceSinglePass = true;
  halo.name = 'halo';
  halo.frustumCulled = false;
  halo.renderOrder = -1;
  halo.onBeforeRender = () => {
    top.setFromMatrixPosition(head.matrixWorld);
    foot.setFromMatrixPosition(hips.matrixWorld);
    foot.addScaledVector(foot.clone().sub(top), 0.5);
    material.uniformsNeedUpdate = true;
  };
  return halo;
}
