// Time and a light come in; the park under its sky goes out, with one sun whose shadow follows what matters.
import { Color, DirectionalLight, Group, HemisphereLight, type Mesh, PointLight, type Vector3 } from 'three';
import { Chance } from '../wire/chance';
import { Air } from './air';
import { BENCH } from './anchors';
import { ContactShade } from './contact';
import { makeFixtures } from './fixtures';
import { Grass, makeFlowers } from './grass';
import { heightAt } from './ground';
import { makeLand } from './land';
import { Fading } from './light';
import { Sky } from './sky';
import { makeTrees, TREES } from './trees';

const SHADOW_REACH_M = 10;
const SUN_AWAY_M = 30;

export class Park {
  readonly air = new Air();
  readonly light = new Fading();
  readonly group = new Group(); // what goes away in a plain room
  readonly sky = new Sky(this.air);
  readonly sun = new DirectionalLight();
  readonly fill = new HemisphereLight();
  readonly lamp = new PointLight(0xffb46a, 0, 7, 1.6);
  readonly grass: Grass;
  readonly shade = new ContactShade(this.air);
  readonly bench: Mesh;
  readonly #sails: Mesh;
  readonly #rootShades: number;

  constructor(seed = 7) {
    const chance = new Chance(seed);
    this.grass = new Grass(this.air, chance);
    const fixtures = makeFixtures(this.air, chance);
    this.bench = fixtures.bench;
    this.#sails = fixtures.sails;
    this.group.add(makeLand(this.air), makeTrees(this.air, chance), fixtures.group, this.grass.mesh, makeFlowers(this.air, chance));
    this.shade.begin(0);
    for (const tree of TREES.slice(0, 3)) this.shade.put(tree.x, 0, tree.z, tree.trunk * 2.8, tree.trunk * 2.8, 0.6);
    for (const tree of TREES.slice(3)) {
      const ground = heightAt(tree.x, tree.z);
      this.shade.put(tree.x + tree.crown * 0.7, ground + 0.05, tree.z, tree.crown * 1.25, tree.crown * 0.9, 0.42);
    }
    this.#rootShades = this.shade.put(BENCH.x, 0, BENCH.z, 1.0, 0.5, 0.5, BENCH.yaw);
    this.group.add(this.shade.mesh);
    this.#throwShadows();
    this.follow(0);
  }

  #throwShadows(): void {
    const { sun } = this;
    sun.castShadow = true;
    sun.shadow.mapSize.set(1024, 1024);
    const eye = sun.shadow.camera;
    eye.left = eye.bottom = -SHADOW_REACH_M;
    eye.right = eye.top = SHADOW_REACH_M;
    eye.near = 5;
    eye.far = 55;
    sun.shadow.bias = -0.0006;
    sun.shadow.normalBias = 0.02;
    sun.shadow.radius = 2.2;
    sun.shadow.intensity = 0.86;
  }

  /** The patches of contact shade after those of trees and bench. */
  get firstShade(): number {
    return this.#rootShades;
  }

  /** Light, wind and clouds move on by `dt`. */
  follow(dt: number): void {
    const { light, air, sun, fill } = this;
    light.step(dt);
    const u = air.uniforms;
    u.uTime.value = (u.uTime.value + dt) % 3600;
    const turn = (light.get('azimuth') * Math.PI) / 180;
    const rise = (light.get('elevation') * Math.PI) / 180;
    u.uSunDirection.value.set(Math.sin(turn) * Math.cos(rise), Math.sin(rise), Math.cos(turn) * Math.cos(rise));
    light.into(sun.color, 'sunR');
    sun.intensity = light.get('sun');
    light.into(u.uSunColour.value, 'sunR').multiplyScalar(sun.intensity);
    light.into(fill.color, 'skyR');
    light.into(fill.groundColor, 'bounceR');
    fill.intensity = light.get('fill');
    light.into(u.uRim.value, 'rimR');
    light.into(u.uGlow.value, 'glowR');
    light.into(u.uHaze.value, 'hazeR');
    u.uHazePerM.value = light.get('haze');
    u.uLamp.value = light.get('lamp');
    this.sky.follow(light);
    this.#sails.rotation.z -= dt * 0.22;
  }

  /** The shadow map covers what is around this place; it moves in whole texels so that edges stay still. */
  watch(place: Vector3): void {
    const texel = (2 * SHADOW_REACH_M) / 1024;
    const direction = this.air.uniforms.uSunDirection.value;
    const x = Math.round(place.x / texel / 64) * texel * 64;
    const z = Math.round(place.z / texel / 64) * texel * 64;
    this.sun.target.position.set(x, 0.4, z);
    this.sun.position.copy(direction).multiplyScalar(SUN_AWAY_M).add(this.sun.target.position);
    this.sun.target.updateMatrixWorld();
  }

  /** A warm colour like the air of now, for the veil: neither black nor white. */
  veilColour(into: Color): Color {
    return this.light.into(into, 'hazeR').lerp(VEIL_WARMTH, 0.35);
  }
}

const VEIL_WARMTH = new Color(0xe9d3b4);
