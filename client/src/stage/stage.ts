// Cues, time and the visitor come in; the park, its light and everything in it go out, with what was done there.
import {
  Group,
  NeutralToneMapping,
  type Object3D,
  PCFShadowMap,
  Quaternion,
  type Scene,
  SRGBColorSpace,
  type Texture,
  TextureLoader,
  Vector3,
  type WebGLRenderer,
} from 'three';
import { Chance } from '../wire/chance';
import type { Cue } from '../wire/types.gen';
import type { Act, Anchor, PersonView, StageView, VisitorState } from '../wire/world';
import { ANCHOR_NAMES, anchorFrom, BED, PICNIC } from './anchors';
import { Ball } from './ball';
import { LAMP_AT, makeBed } from './bed';
import { Bubbles } from './bubbles';
import { Butterfly } from './butterfly';
import { waver } from './candles';
import { Flames } from './flames';
import { FoodProp } from './food';
import { heightAt } from './ground';
import { LetterProp, ThingsProp } from './keep';
import { LIGHTS } from './light';
import { Motes } from './motes';
import { BlanketProp, LampProp, RabbitProp } from './night';
import { Park } from './park';
import { makeBuns, makeCloth, makeSoup, TABLE } from './picnic';
import type { Around, Prop } from './prop';
import { Reach } from './reach';
import { Standing } from './simple';
import { CakeProp, CandlesProp, MatchProp } from './table';
import { VeilBall } from './veil';
import { makeStones, makeWoodpile } from './wood';

/** What should be heard of the place; src/sound makes it. */
export interface AmbienceState {
  name: string;
  gain: number;
  fadeS: number;
}

export interface FamilyThings {
  readonly letter?: string;
  readonly things: readonly { id: string; caption: string; image?: string }[];
  readonly candles: number;
}

const SEED = 20;
const PLACES: readonly string[] = ['park', 'room'];
const SMALL: readonly string[] = ['soup', 'buns', 'things'];
const SMALL_SEEN_M = 9;

export class Stage implements StageView {
  readonly park = new Park(SEED);
  readonly ambience: AmbienceState = { name: 'none', gain: 0, fadeS: 0 };
  /** The visitor is to be brought to an anchor; the page moves them, behind a veil. */
  onGo: ((anchor: string, how: string) => void) | null = null;
  here = 'start';
  readonly #props = new Map<string, Prop>();
  readonly #list: Prop[] = [];
  readonly #reach = new Reach();
  readonly #flames: Flames;
  readonly #veil = new VeilBall();
  readonly #acts: Act[] = [];
  readonly #told: Act[] = [];
  readonly #around: Around;
  readonly #small = new Group(); // what lies on the cloth, too small to be seen from the bed
  readonly #wares: Object3D;
  readonly #focus = new Vector3();
  readonly #candles: CandlesProp;
  readonly #things: ThingsProp;
  readonly #letter: LetterProp;
  readonly #lamp: LampProp;
  readonly #loader = new TextureLoader();
  #time = 0;
  #heightM = 0;

  constructor(
    scene: Scene,
    readonly renderer: WebGLRenderer,
  ) {
    const { park } = this;
    const { air } = park;
    renderer.toneMapping = NeutralToneMapping;
    renderer.toneMappingExposure = 1;
    renderer.shadowMap.enabled = true;
    renderer.shadowMap.type = PCFShadowMap;
    this.#flames = new Flames(air);
    const chance = new Chance(SEED + 1);
    const cake: CakeProp = new CakeProp(
      air,
      () => this.#candles.logic.lit === 0 && (this.#candles.logic.blown || this.#reach.offer !== 'match'),
    );
    const match = new MatchProp(cake.parts, this.#flames);
    this.#candles = new CandlesProp(cake, this.#flames, match);
    this.#things = new ThingsProp(air);
    this.#letter = new LetterProp(air);
    this.#lamp = new LampProp(air, this.#flames);
    const seeds = new Motes('seeds', air, chance);
    const blanket = new BlanketProp(air);
    const picnic = makeCloth(air, chance);
    this.#wares = picnic.getObjectByName('wares')!;
    const props: Prop[] = [
      cake, match, this.#candles, this.#things, this.#letter, this.#lamp, seeds,
      new Standing('cloth', picnic, false),
      new FoodProp('soup', 'Taste the soup', makeSoup(air, chance), [PICNIC.x + 0.3, 0.4, PICNIC.z + 0.13]),
      new FoodProp('buns', 'Try a bun', makeBuns(air, chance), [PICNIC.x + 0.72, 0.12, PICNIC.z - 0.28]),
      new Standing('woodpile', makeWoodpile(air, chance)), new Standing('stones', makeStones(air, chance)),
      new Standing('bed', makeBed(air, chance)), blanket, new RabbitProp(air, () => blanket.blanket.edge.z),
      new Bubbles(air, chance), new Ball(air, (x, z) => this.#floor(x, z)), new Butterfly(air), new Motes('fireflies', air, chance), new Motes('stars', air, chance),
    ]; // biome-ignore format: props by place
    this.park.group.add(this.#small);
    for (const prop of props) this.#add(prop);
    park.group.add(cake.parts.slice, cake.parts.herSlice, this.#flames.mesh);
    seeds.state('on', {});
    scene.add(park.sky.mesh, park.group, park.sun, park.sun.target, park.fill, park.lamp, this.#veil.mesh);
    this.#around = {
      time: 0,
      visitor: NOBODY,
      person: null,
      here: 'start',
      offer: 'none',
      light: park.light,
      act: (act, target = '') => void this.#acts.push({ act, target }),
    };
    this.#keepGrass();
  }

  #add(prop: Prop): void {
    this.#props.set(prop.name, prop);
    this.#list.push(prop);
    this.#reach.add(...prop.touchables);
    (SMALL.includes(prop.name) ? this.#small : this.park.group).add(prop.object);
  }

  get veil(): number {
    return this.#veil.amount;
  }

  anchor(name: string): Anchor {
    return anchorFrom(name, this.here, this.#heightM);
  }

  prop(name: string): Object3D | null {
    if (name === 'bench') return this.park.bench;
    const prop = this.#props.get(name);
    if (!prop?.shown) return null;
    return prop === this.#things ? this.#things.looked : prop.object;
  }

  /** What a ball lands on: table, cloth or meadow. */
  #floor(x: number, z: number): number {
    const [dx, dz] = [Math.abs(x - PICNIC.x), Math.abs(z - PICNIC.z)];
    if (!this.#props.get('cloth')?.shown || dx > PICNIC.halfX || dz > PICNIC.halfZ) return heightAt(x, z);
    return dx < TABLE.halfX && dz < TABLE.halfZ ? TABLE.top : 0.03;
  }

  ground(x: number, z: number): number {
    return heightAt(x, z);
  }

  cue(cue: Cue): void {
    const args = cue.args ?? {};
    const fade = typeof args['fade_s'] === 'number' ? args['fade_s'] : 0;
    const { target = '' } = cue;
    if (cue.kind === 'light') this.park.light.turn(target, fade);
    else if (cue.kind === 'veil') this.#veil.draw(target === 'on' ? 1 : 0, fade);
    else if (cue.kind === 'place') this.#place(target);
    else if (cue.kind === 'ambience') this.#hear(target, args['gain'], fade);
    else if (cue.kind === 'offer') this.#reach.offer = target || 'none';
    else if (cue.kind === 'go') this.#go(target, String(args['how'] ?? 'fade'));
    else if (cue.kind === 'prop') {
      this.#props.get(target)?.state(String(args['state'] ?? 'on'), args);
      this.#keepGrass();
    }
  }

  /** Does the park understand this cue. A cue for another room of the client is not for the park to know. */
  knows({ kind, target, args }: Cue): boolean {
    if (kind === 'light') return LIGHTS.includes(target);
    if (kind === 'go') return ANCHOR_NAMES.includes(target);
    if (kind === 'place') return PLACES.includes(target);
    if (kind === 'veil') return target === 'on' || target === 'off';
    const state = String(args['state'] ?? 'on');
    if (kind === 'prop') return state === 'off' ? this.#props.has(target) : (this.#props.get(target)?.states.includes(state) ?? false);
    return kind === 'ambience' || kind === 'offer';
  }

  /** `room`: a warm room without walls, for the calm after a stop. Anything else is the park. */
  #place(name: string): void {
    const room = name === 'room';
    this.park.group.visible = !room;
    this.park.sky.plain = room ? 1 : 0;
  }

  #hear(name: string, gain: unknown, fadeS: number): void {
    this.ambience.name = name;
    this.ambience.gain = typeof gain === 'number' ? gain : 0.5;
    this.ambience.fadeS = fadeS;
  }

  #go(anchor: string, how: string): void {
    this.here = anchor === 'near' || anchor === 'stop_point' ? this.here : anchor;
    this.onGo?.(anchor, how);
  }

  /** Grass does not grow through the cloth, the bed or the logs. */
  #keepGrass(): void {
    const { grass } = this.park;
    const on = (name: string) => this.#props.get(name)?.shown ?? false;
    if (on('cloth')) grass.keep(0, PICNIC.x, PICNIC.z, PICNIC.halfX + 0.02, PICNIC.halfZ + 0.02);
    else grass.keep(0, 0, 0, -9, -9);
    if (on('bed')) grass.keep(1, BED.x - 0.15, BED.z, BED.halfX + 0.4, BED.halfZ + 0.08);
    else grass.keep(1, 0, 0, -9, -9);
    if (on('woodpile')) grass.keep(2, this.prop('woodpile')!.position.x, this.prop('woodpile')!.position.z, 0.62, 0.42);
    else grass.keep(2, 0, 0, -9, -9);
  }

  /** Everything moves on by `dt`. The acts returned are good until the next call. */
  update(dt: number, visitor: VisitorState, person: PersonView | null): readonly Act[] {
    this.#time += dt;
    const around = this.#around;
    around.time = this.#time;
    around.visitor = visitor;
    around.person = person;
    around.here = this.here;
    around.offer = this.#reach.offer;
    if (person && 'heightM' in person) this.#heightM = person.heightM as number;
    this.park.follow(dt);
    this.#veil.follow(dt, visitor.head, this.park);
    this.#reach.update(dt, visitor);
    for (let i = 0; i < this.#list.length; i++) this.#list[i]!.update(dt, around);
    this.#flames.end();
    this.#small.visible = Math.hypot(visitor.head.x - PICNIC.x, visitor.head.z - PICNIC.z) < SMALL_SEEN_M;
    this.#wares.castShadow = this.#small.visible;
    this.#lightLamp();
    this.#focus.copy(visitor.head).addScaledVector(visitor.gaze, 2.6).setY(0);
    this.park.grass.follow(this.#focus);
    this.park.watch(this.#focus);
    this.#shades(visitor, person);
    return this.#take();
  }

  #take(): readonly Act[] {
    this.#told.length = 0;
    for (let i = 0; i < this.#acts.length; i++) this.#told.push(this.#acts[i]!);
    this.#acts.length = 0;
    return this.#told;
  }

  /** One warm light serves the candles and the lamp: it is where the visitor is. */
  #lightLamp(): void {
    const { lamp, light } = this.park;
    const candles = this.#candles.shown && this.here !== 'bed' ? this.#candles.logic.glow() : 0;
    const whale = this.#lamp.appearing.level;
    if (candles >= whale) {
      lamp.position.set(PICNIC.x, 0.95, PICNIC.z + 0.05);
      lamp.intensity = candles * (0.3 + 0.75 * light.get('lamp')) * waver(this.#time, 1);
    } else {
      lamp.position.set(LAMP_AT.x + 0.4, LAMP_AT.y + 0.62, LAMP_AT.z + 0.4);
      lamp.intensity = whale * (0.3 + 1.1 * light.get('lamp')) * waver(this.#time * 0.5, 2);
    }
  }

  #shades(visitor: VisitorState, person: PersonView | null): void {
    const { shade, firstShade } = this.park;
    shade.begin(firstShade);
    if (person?.root.visible && this.here !== 'bed') {
      person.landmark('sole_l', FOOT);
      this.#under(FOOT, 0.17, 0.6);
      person.landmark('sole_r', FOOT);
      this.#under(FOOT, 0.17, 0.6);
      person.landmark('seat', FOOT);
      this.#under(FOOT, 0.34, 0.62);
    }
    if (this.#props.get('bed')!.shown) shade.put(BED.x, 0, BED.z, BED.halfX + 0.45, BED.halfZ + 0.4, 0.78);
    if (this.#props.get('bed')!.shown) shade.put(LAMP_AT.x, 0, LAMP_AT.z, 0.42, 0.42, 0.6);
    if (this.#props.get('cloth')!.shown) shade.put(PICNIC.x, 0, PICNIC.z, PICNIC.halfX + 0.28, PICNIC.halfZ + 0.28, 0.4);
    if (this.#props.get('woodpile')!.shown)
      shade.put(this.prop('woodpile')!.position.x, 0, this.prop('woodpile')!.position.z, 0.95, 0.65, 0.7);
    const ball = this.prop('ball');
    if (ball) this.#under(ball.position, 0.15, 0.6);
    if (visitor.head.y < 0) shade.put(visitor.head.x, 0, visitor.head.z, 0.2, 0.2, 0.2);
    shade.end();
  }

  /** The higher something is above the ground, the softer and fainter its patch. */
  #under(place: Vector3, half: number, strength: number): void {
    const high = Math.max(0, place.y - heightAt(place.x, place.z));
    const onCloth =
      this.#props.get('cloth')!.shown && Math.abs(place.x - PICNIC.x) < PICNIC.halfX && Math.abs(place.z - PICNIC.z) < PICNIC.halfZ;
    const fade = Math.max(0, 1 - high / 1.1);
    this.park.shade.put(
      place.x,
      heightAt(place.x, place.z) + (onCloth ? 0.04 : 0),
      place.z,
      half * (1 + 0.6 * high),
      half * (1 + 0.6 * high),
      strength * fade * fade,
    );
  }

  /** One key or button: the next sensible thing with what is looked at or offered. */
  interact(_kind: 'point' | 'use', visitor: VisitorState): readonly Act[] {
    this.#reach.next(visitor)?.use(null);
    return this.#take();
  }

  /** What can be done now, in plain words. */
  hints(): readonly string[] {
    return this.#reach.hints();
  }

  /** The family's own: pictures by same-origin addresses, how many candles, and what the things are called. */
  portraitSources(family: FamilyThings): void {
    this.#candles.count = family.candles;
    this.#things.own(family.things.map((thing) => thing.id));
    const picture = family.things.find((thing) => thing.image)?.image;
    if (picture) this.#load(picture, (texture) => this.#things.picture(texture));
    if (family.letter) this.#load(family.letter, (texture) => this.#letter.picture(texture));
  }

  #load(url: string, show: (texture: Texture) => void): void {
    this.#loader.load(url, (texture) => {
      texture.colorSpace = SRGBColorSpace;
      texture.anisotropy = 4;
      show(texture);
    });
  }
}

const FOOT = new Vector3();
const NOBODY: VisitorState = {
  head: new Vector3(0, 1.6, 0),
  quaternion: new Quaternion(),
  leftEye: new Vector3(),
  rightEye: new Vector3(),
  gaze: new Vector3(0, 0, -1),
  left: null,
  right: null,
  seated: false,
  immersive: false,
};
