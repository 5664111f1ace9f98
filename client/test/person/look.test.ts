import { BufferAttribute, BufferGeometry, Group, Mesh, MeshStandardMaterial, Object3D, ShaderLib, Texture } from 'three';
import { describe, expect, it } from 'vitest';
import { dress } from '../../src/person/look';
import type { About } from '../../src/person/rig';

const PARTS = ['skin', 'eyes', 'hair', 'cloth', 'overlay'];
const ABOUT = { height_m: 1.2, is_child: true } as About;

function figure(): Group {
  const scene = new Group();
  for (const name of PARTS) {
    const geometry = new BufferGeometry().setAttribute('position', new BufferAttribute(new Float32Array(9), 3));
    scene.add(new Mesh(geometry, new MeshStandardMaterial({ name, map: name === 'overlay' ? null : new Texture() })));
  }
  for (const name of ['head', 'root']) scene.add(Object.assign(new Object3D(), { name }));
  return scene;
}

function dressed(style: string): { scene: Group; meshes: Mesh[] } {
  const scene = figure();
  dress(scene, ABOUT, style);
  const meshes: Mesh[] = [];
  scene.traverse((one) => {
    if ((one as Mesh).isMesh) meshes.push(one as Mesh);
  });
  return { scene, meshes };
}

function fragmentOf(mesh: Mesh): string {
  const material = mesh.material as MeshStandardMaterial;
  const shader = { vertexShader: ShaderLib.standard.vertexShader, fragmentShader: ShaderLib.standard.fragmentShader, uniforms: {} };
  material.onBeforeCompile(shader as never, null as never);
  return shader.fragmentShader;
}

describe('a portrait is drawn in one of three ways', () => {
  it.each([
    ['portrait', 5],
    ['painted', 5],
    ['light', 6],
    ['unheard of', 5],
  ])('%s costs %i draw calls', (style, calls) => {
    expect(dressed(style).meshes.length).toBe(calls);
  });

  it('the styles differ in skin, eyes, hair and cloth, and lashes stay', () => {
    for (const part of ['skin', 'eyes', 'hair', 'cloth']) {
      const texts = ['portrait', 'painted', 'light'].map((style) => fragmentOf(dressed(style).meshes.find((one) => named(one) === part)!));
      expect(new Set(texts).size).toBe(3);
      for (const text of texts) expect(text).toContain('eyeward * (0.12 - facing)');
    }
  });

  it('what is read of the picture, strokes and sun is really put into the shader', () => {
    const skin = fragmentOf(dressed('painted').meshes[0]!);
    for (const word of ['texture2D(map, vMapUv, 1.4)', 'float strokes(vec3 p)', 'varying vec3 vRest;', 'directionalLights[0].direction'])
      expect(skin).toContain(word);
    expect(skin).not.toContain('#include <map_fragment>');
  });

  it('a figure of light melts at its edges without letting the page through', () => {
    const skin = dressed('light').meshes[0]!.material as MeshStandardMaterial;
    expect(skin.alphaToCoverage).toBe(true);
    expect(skin.transparent).toBe(false);
    expect(skin.blendDstAlpha).not.toBe(skin.blendDst);
  });
});

function named(mesh: Mesh): string {
  return (mesh.material as MeshStandardMaterial).name;
}
