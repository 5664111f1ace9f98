// A mood, what the mouth says, lids and clips come in; the weights of all shapes of the face go out, each on its own slow way.
import type { Mesh } from 'three';
import type { Chance } from '../wire/chance';
import { type Clip, faceAt } from './clips';
import type { Mouth } from './mouth';
import { clamp, ramp, Spring, toward } from './turns';

type Shapes = Readonly<Record<string, number>>;

/** Names without a side mean both. A smile of joy reaches the eyes. */
const MOODS: Readonly<Record<string, Shapes>> = {
  neutral: { mouthSmile: 0.12 },
  joy: { mouthSmile: 0.95, cheekSquint: 0.75, eyeSquint: 0.35, mouthDimple: 0.3, mouthUpperUp: 0.32, jawOpen: 0.1, browOuterUp: 0.2, browInnerUp: 0.1 },
  wonder: { browInnerUp: 0.75, browOuterUp: 0.75, eyeWide: 0.5, mouthSmile: 0.3, jawOpen: 0.12, mouthFunnel: 0.1, cheekSquint: 0.12 },
  mischief: { mouthSmileLeft: 0.95, mouthSmileRight: 0.5, cheekSquintLeft: 0.65, cheekSquintRight: 0.35, eyeSquint: 0.35, browOuterUpRight: 0.6, browDownLeft: 0.15, mouthPress: 0.15, mouthDimpleLeft: 0.5 },
  tender: { mouthSmile: 0.55, cheekSquint: 0.38, eyeSquint: 0.16, browInnerUp: 0.42, mouthDimple: 0.16 },
  tired: { eyeBlink: 0.34, browInnerUp: 0.28, mouthSmile: 0.2, eyeSquint: 0.1 },
  sad: { browInnerUp: 0.75, mouthFrown: 0.42, mouthShrugLower: 0.25, eyeSquint: 0.1, eyeBlink: 0.08 },
  whisper: { mouthSmile: 0.4, browInnerUp: 0.3, eyeBlink: 0.14, cheekSquint: 0.2 },
}; // biome-ignore format: one mood, one line

/** What the mouth needs for words it takes from the mood. */
const OF_THE_MOUTH = /^(mouth|jaw)/;
const SPOKEN_S = 1.6; // the mood of a clause lingers this long

export class Face {
  /** Blinks so far, for measuring. */
  blinks = 0;
  shutEyes = false;
  /** Look down, up: how far the lids follow, in radians of the eyes' pitch (up is positive). */
  pitch = 0;
  readonly #now: Float32Array;
  readonly #goal: Float32Array;
  readonly #clip: Float32Array;
  readonly #index: ReadonlyMap<string, number>;
  readonly #names: readonly string[];
  readonly #moods = new Map<string, Float32Array>();
  #mood = 'neutral';
  #weight = 1;
  #fadeS = 0.6;
  #spoken: string | null = null;
  #spokenS = 0;
  #blinkS = -1;
  #untilBlinkS: number;
  #twice = false;
  #heardS = 9;
  #time = 0;
  readonly #lids = new Spring();

  constructor(
    private readonly meshes: readonly Mesh[],
    private readonly mouth: Mouth,
    private readonly chance: Chance,
  ) {
    const dictionary = meshes[0]?.morphTargetDictionary ?? {};
    this.#names = Object.keys(dictionary).sort((a, b) => dictionary[a]! - dictionary[b]!);
    this.#index = new Map(this.#names.map((name, i) => [name, i]));
    this.#now = new Float32Array(this.#names.length);
    this.#goal = new Float32Array(this.#names.length);
    this.#clip = new Float32Array(this.#names.length);
    for (const [mood, shapes] of Object.entries(MOODS)) this.#moods.set(mood, this.#spread(shapes));
    this.#untilBlinkS = chance.between(1.5, 4);
  }

  /** A name without its side stands for both sides. */
  #spread(shapes: Shapes): Float32Array {
    const out = new Float32Array(this.#names.length);
    for (const [name, weight] of Object.entries(shapes)) {
      for (const full of [name, `${name}Left`, `${name}Right`]) {
        const i = this.#index.get(full);
        if (i !== undefined) out[i] = weight;
      }
    }
    return out;
  }

  mood(name: string, weight: number, fadeS: number): void {
    if (!this.#moods.has(name)) return;
    this.#mood = name;
    this.#weight = clamp(weight, 0, 1);
    this.#fadeS = Math.max(0.25, fadeS);
  }

  /** The mood in which a clause is said, over the mood of the moment. */
  speak(expression: string): void {
    this.#spoken = this.#moods.has(expression) && expression !== 'neutral' ? expression : null;
    this.#spokenS = SPOKEN_S;
  }

  /** Brows go up a little and come down: "I heard". */
  heard(): void {
    this.#heardS = 0;
  }

  /** Blink with this glance or at the end of this phrase, unless one was just made. */
  blink(): void {
    if (this.#blinkS < 0 && this.#untilBlinkS > 0.4) this.#untilBlinkS = 0;
  }

  weight(name: string): number {
    return this.#now[this.#index.get(name) ?? -1] ?? 0;
  }

  update(dt: number, base: Clip, baseS: number, gesture: Clip | null, gestureS: number, gestureWeight: number): void {
    this.#time += dt;
    if (this.#names.length === 0) return;
    this.#spokenS = this.mouth.speaking ? SPOKEN_S : this.#spokenS - dt;
    const spoken = this.#spokenS > 0 && this.#spoken !== null ? this.#moods.get(this.#spoken)! : null;
    const mood = this.#moods.get(this.#mood)!;
    this.#clip.fill(0);
    this.#takeClip(base, baseS, 1);
    if (gesture !== null) this.#takeClip(gesture, gestureS, gestureWeight);
    const rate = 2.2 / this.#fadeS;
    const most = (spoken === null ? 1.3 / this.#fadeS : 2.4) * dt;
    const gives = 1 - 0.5 * this.mouth.activity;
    for (let i = 0; i < this.#goal.length; i += 1) {
      const of = spoken === null ? mood[i]! * this.#weight : 0.75 * spoken[i]! + 0.25 * mood[i]! * this.#weight;
      const wanted = of * (OF_THE_MOUTH.test(this.#names[i]!) ? gives : 1);
      const step = toward(this.#goal[i]!, wanted, spoken === null ? rate : 5, dt) - this.#goal[i]!;
      this.#goal[i]! += clamp(step, -most, most);
      this.#now[i] = Math.max(this.#goal[i]!, this.#clip[i]!);
    }
    this.#live(dt);
    for (const [name, weight] of this.mouth.weights) this.#add(name, weight);
    this.#lidsNow(dt);
    this.#write();
  }

  #takeClip(clip: Clip, seconds: number, weight: number): void {
    const t = clip.local(seconds);
    for (const track of clip.face) {
      const i = this.#index.get(track.name);
      if (i !== undefined) this.#clip[i] = Math.max(this.#clip[i]!, faceAt(track, t) * weight);
    }
  }

  #add(name: string, weight: number): void {
    const i = this.#index.get(name);
    if (i !== undefined) this.#now[i] = clamp(this.#now[i]! + weight, 0, 1);
  }

  /** Never quite still: brows, mouth corners and nostrils drift a little, each in its own time. */
  #live(dt: number): void {
    const t = this.#time;
    this.#heardS += dt;
    const up = ramp(0, 0.18, this.#heardS) * (1 - ramp(0.35, 1.1, this.#heardS));
    this.#add('browInnerUp', 0.3 * up);
    this.#add('browOuterUpLeft', 0.22 * up);
    this.#add('browOuterUpRight', 0.22 * up);
    this.#add('browInnerUp', 0.03 + 0.03 * Math.sin(t * 0.43) * Math.sin(t * 0.17 + 1));
    this.#add('mouthSmileLeft', 0.022 * (1 + Math.sin(t * 0.31)));
    this.#add('mouthSmileRight', 0.022 * (1 + Math.sin(t * 0.37 + 2)));
    this.#add('noseSneerLeft', 0.012 * (1 + Math.sin(t * 1.5)));
    this.#add('noseSneerRight', 0.012 * (1 + Math.sin(t * 1.5 + 0.3)));
    this.#add('mouthPressLeft', 0.03 * ramp(0.9, 1, Math.sin(t * 0.23 + 0.6)));
  }

  #lidsNow(dt: number): void {
    this.#lids.step(this.shutEyes ? 1 : 0, this.shutEyes ? 3.2 : 5, dt);
    const shut = Math.max(this.#lids.value, this.#blinking(dt));
    for (const side of ['Left', 'Right']) {
      const i = this.#index.get(`eyeBlink${side}`);
      if (i === undefined) continue;
      const resting = this.#now[i]!;
      this.#now[i] = clamp(resting + (1 - resting) * shut, 0, 1);
      const open = 1 - this.#now[i]!;
      this.#set(`eyeLookDown${side}`, clamp(-this.pitch / 0.5, 0, 1) * open);
      this.#set(`eyeLookUp${side}`, clamp(this.pitch / 0.5, 0, 1) * open);
      this.#set(`eyeWide${side}`, this.weight(`eyeWide${side}`) * open);
      this.#set(`eyeSquint${side}`, this.weight(`eyeSquint${side}`) * (0.4 + 0.6 * open));
    }
  }

  #set(name: string, weight: number): void {
    const i = this.#index.get(name);
    if (i !== undefined) this.#now[i] = weight;
  }

  /** Shut in 80 ms, open again in 160; one in seven comes twice. */
  #blinking(dt: number): number {
    if (this.shutEyes) {
      this.#untilBlinkS = 2;
      this.#blinkS = -1;
      return 0;
    }
    if (this.#blinkS < 0) {
      this.#untilBlinkS -= dt;
      if (this.#untilBlinkS > 0) return 0;
      this.#blinkS = 0;
      this.blinks += 1;
    }
    this.#blinkS += dt;
    const t = this.#blinkS;
    if (t > 0.26) {
      this.#blinkS = -1;
      this.#twice = !this.#twice && this.chance.next() < 0.14;
      this.#untilBlinkS = this.#twice ? 0.12 : this.chance.between(2.2, 5.4);
      return 0;
    }
    return ramp(0, 0.08, t) * (1 - ramp(0.11, 0.26, t));
  }

  #write(): void {
    for (const mesh of this.meshes) {
      const influences = mesh.morphTargetInfluences;
      if (influences === undefined) continue;
      for (let i = 0; i < this.#now.length; i += 1) influences[i] = this.#now[i]! < 0.002 ? 0 : this.#now[i]!;
    }
  }
}
