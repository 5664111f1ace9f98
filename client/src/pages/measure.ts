// For `meetagain bench presence` alone: scripted scenes with one person come in (?likeness=, ?motion=), figures of how she behaves go out.
// Time is led and nothing is drawn. The names of the figures stand in docs/benches.md.
import { type Camera, Scene, Vector3, WebGLRenderer } from 'three';
import { PersonBody } from '../person/person';
import { Stage } from '../stage/stage';
import { WallClock } from '../wire/clock';
import type { Cue, VisemeAt } from '../wire/types.gen';
import { Visitor } from '../wire/visitor';

const FRAME_S = 1 / 72;
const RATE_HZ = 24000;
const STILL = 1e-6;

type Figures = Record<string, number>;

class Scenes {
  readonly figures: Figures = {};
  readonly #visitor = new Visitor();
  readonly #before: number[] = [];
  readonly #clock = new WallClock();
  #frozenS = 0;
  #longestFrozenS = 0;
  #t = 0;
  readonly #costsMs: number[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly body: PersonBody,
  ) {}

  get #now(): Record<string, number | boolean | string> {
    return this.body.measure() as Record<string, number | boolean | string>;
  }

  #cue(kind: string, target: string, args: Cue['args'] = {}): void {
    const cue = { kind, target, args };
    this.stage.cue(cue);
    this.body.cue(cue, this.stage);
  }

  /** The visitor stands, breathes and sways a little, as people do. */
  #step(seconds: number, seen: () => void = () => {}): void {
    for (let left = seconds; left > 1e-9; left -= FRAME_S) {
      this.#t += FRAME_S;
      const began = this.#clock.now() * 1000;
      this.body.update(FRAME_S, this.#visitor, this.stage, null as unknown as Camera);
      this.#costsMs.push(this.#clock.now() * 1000 - began);
      this.#watch();
      seen();
    }
  }

  #head(x: number, y: number, z: number): void {
    const sway = 0.008 * Math.sin(this.#t * 0.9);
    this.#visitor.setHead([x + sway, y + 0.004 * Math.sin(this.#t * 1.7), z, 0, 0, 0, 1]);
  }

  #mark(name: string): Vector3 {
    return this.body.landmark(name, new Vector3());
  }

  #hand(side: 'left' | 'right', at: Vector3 | null): void {
    this.#visitor.setHand(side, at === null ? null : [at.x, at.y, at.z, 0, 0, 0, 1]);
  }

  /** Never frozen: something of joints and face changes in every frame. */
  #watch(): void {
    let moved = 0;
    let i = 0;
    this.body.root.traverse((object) => {
      const { quaternion: q } = object;
      for (const part of [q.x, q.y, q.z, q.w]) {
        moved = Math.max(moved, Math.abs((this.#before[i] ?? part) - part));
        this.#before[i] = part;
        i += 1;
      }
    });
    this.#frozenS = moved > STILL ? 0 : this.#frozenS + FRAME_S;
    this.#longestFrozenS = Math.max(this.#longestFrozenS, this.#frozenS);
  }

  #stand(distanceM: number): void {
    this.#head(0, 1.35, 0);
    this.#cue('be', 'stand', { at: 'stop_point' });
    this.#cue('look', 'visitor');
    this.#step(1);
    this.#cue('be', 'approach', { distance_m: distanceM });
    this.#step(5);
  }

  listening(seconds: number): void {
    this.#stand(0.9);
    let met = 0;
    let all = 0;
    for (let t = 0; t < seconds; t += 8) {
      this.body.listening(true, false);
      this.#step(6, () => {
        all += 1;
        met += this.#now['meets'] === true ? 1 : 0;
        this.#head(0, 1.35, 0);
      });
      this.body.listening(false, false);
      this.#step(2);
    }
    this.figures['gaze_listening_share'] = met / all;
    this.figures['blinks_per_min'] = (Number(this.#now['blinks']) / this.#t) * 60;
  }

  /** Lips against a clause of shut and open sounds in turn, 110 to 170 ms each. */
  speaking(seconds: number): void {
    const visemes: VisemeAt[] = [];
    const middles: { at: number; shut: boolean }[] = [];
    let at = 0;
    for (let n = 0; at < seconds; n += 1) {
      const long = 0.11 + 0.02 * (n % 4);
      visemes.push([Math.round(at * RATE_HZ), n % 2 === 0 ? 'PP' : 'aa', 1]);
      middles.push({ at: at + long / 2, shut: n % 2 === 0 });
      at += long;
    }
    this.body.speechStarted({
      type: 'SpeechStarted', at_s: 0, turn: 1, clause: 1, text: '', line_class: 'authored', expression: 'neutral', gesture: '', cites: [],
      rate_hz: RATE_HZ, samples: Math.round(at * RATE_HZ), visemes, sound: '', real: false,
    }); // biome-ignore format: one event
    const rows: { t: number; jaw: number; shut: number }[] = [];
    let met = 0;
    let t = 0;
    this.#step(seconds, () => {
      this.body.speechAt(1, Math.round(t * RATE_HZ));
      rows.push({ t: t - FRAME_S, jaw: Number(this.#now['jaw']), shut: Number(this.#now['lipsShut']) });
      met += this.#now['meets'] === true ? 1 : 0;
      this.#head(0, 1.35, 0);
      t += FRAME_S;
    });
    this.body.speechEnded(1);
    const errors = middles.slice(1, -2).map(({ at: middle, shut }) => {
      const near = rows.filter((row) => Math.abs(row.t - middle) < 0.09);
      const most = Math.max(...near.map((row) => (shut ? row.shut : row.jaw)));
      const plateau = near.filter((row) => (shut ? row.shut : row.jaw) > 0.98 * most).map((row) => row.t);
      return Math.abs((plateau[0]! + plateau.at(-1)!) / 2 - middle) * 1000;
    });
    this.figures['gaze_speaking_share'] = met / rows.length;
    this.figures['lip_error_p95_ms'] = share(errors, 0.95);
  }

  /** From the end of what they said to something to be seen: brows, breath. */
  reactions(times: number): void {
    const waits: number[] = [];
    for (let n = 0; n < times; n += 1) {
      this.body.listening(true, false);
      this.#step(2 + (n % 5) * 0.7);
      const before = { brows: Number(this.#now['brows']), breath: Number(this.#now['breath']) };
      this.body.listening(false, true);
      let wait = Number.POSITIVE_INFINITY;
      let t = 0;
      this.#step(1.2, () => {
        t += FRAME_S;
        const seen = Number(this.#now['brows']) - before.brows > 0.06 || Number(this.#now['breath']) - before.breath > 0.15;
        if (seen) wait = Math.min(wait, t * 1000);
      });
      waits.push(wait);
      this.body.listening(false, false);
      this.#step(1.5);
    }
    this.figures['reaction_p95_ms'] = share(waits, 0.95);
  }

  /** How far a foot that carries drifts, from when it is set down to when it is lifted. */
  walking(): void {
    let worst = 0;
    let skid = 0;
    for (const [x, z] of [[0, -2.5], [1.2, -4], [-1.4, -3.2]] as const) {
      this.#head(x, 1.35, z + 2.5);
      this.#cue('be', 'hidden');
      this.#cue('be', 'peek');
      this.#step(1.5);
      this.#cue('be', 'come_in', { at: 'stop_point' });
      this.#step(8, () => {
        worst = Math.max(worst, Number(this.#now['feetDriftM']));
        skid = Math.max(skid, Number(this.#now['feetSkidM']));
      });
    } // biome-ignore format: three places
    this.figures['foot_slide_max_cm'] = worst * 100;
    this.figures['foot_skid_max_cm'] = skid * 100;
  }

  holding(seconds: number): void {
    this.#stand(0.75);
    this.#cue('offer', 'hand');
    this.#step(1.5);
    const side = this.#mark('palm_l').z > this.#mark('palm_r').z ? 'palm_l' : 'palm_r';
    const start = this.#mark(side).add(new Vector3(0.01, -0.02, 0.05));
    this.#hand('right', start);
    this.#step(1.5);
    const errors: number[] = [];
    let t = 0;
    this.#step(seconds, () => {
      t += FRAME_S;
      const led = start.clone().add(new Vector3(0.05 * Math.sin(t * 2.1), 0.07 * Math.sin(t * 1.6), 0.05 * Math.sin(t * 1.1)));
      this.#hand('right', led);
      if (this.#now['holding'] === true) errors.push(Number(this.#now['palmApartM']) * 100);
    });
    this.figures['hand_held_share'] = errors.length / (seconds / FRAME_S);
    this.figures['hand_error_p95_cm'] = errors.length > 0 ? share(errors, 0.95) : Number.NaN;
    this.#hand('right', null);
    this.#cue('offer', 'none');
    this.#step(1.5);
  }

  hugs(): void {
    let deepest = 0;
    let held = 0;
    for (const way of ['both', 'one', 'lean', 'seated', 'aside'] as const) {
      this.#stand(0.75);
      this.#cue('offer', 'hug');
      this.#step(1);
      const chest = this.#mark('chest');
      this.#head(way === 'aside' ? 0.14 : 0, way === 'seated' ? 1.15 : 1.35, chest.z + 0.34);
      const back = this.#mark('back');
      if (way !== 'lean') this.#hand('right', back.clone().add(new Vector3(0.08, 0, -0.03)));
      if (way !== 'lean' && way !== 'one') this.#hand('left', back.clone().add(new Vector3(-0.08, 0, -0.03)));
      this.#step(8, () => {
        deepest = Math.max(deepest, Number(this.#now['hugDepthM']));
      });
      held += this.#now['hug'] === 'holding' ? 1 : 0;
      this.#hand('left', null);
      this.#hand('right', null);
      this.#head(0, 1.35, chest.z + 1.4);
      this.#step(8);
    }
    this.figures['hug_penetration_max_cm'] = deepest * 100;
    this.figures['hugs_held'] = held;
  }

  done(): Figures {
    this.figures['frozen_max_s'] = this.#longestFrozenS;
    const batches: number[] = [];
    for (let i = 0; i + 10 <= this.#costsMs.length; i += 10) batches.push(this.#costsMs.slice(i, i + 10).reduce((a, b) => a + b) / 10);
    this.figures['animation_ms_p95'] = share(batches, 0.95);
    this.figures['textures_mb'] = Number(this.#now['picturesMb']);
    return this.figures;
  }
}

function share(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

async function measure(seconds: number): Promise<Figures> {
  const asked = new URLSearchParams(location.search);
  const canvas = document.createElement('canvas');
  const renderer = new WebGLRenderer({ canvas });
  const stage = new Stage(new Scene(), renderer);
  const body = await PersonBody.load(asked.get('likeness') ?? '', asked.get('motion') ?? '', 'portrait', renderer);
  const scenes = new Scenes(stage, body);
  scenes.listening(seconds);
  scenes.speaking(seconds / 2);
  scenes.reactions(Math.round(seconds / 4));
  scenes.walking();
  scenes.holding(seconds / 6);
  scenes.hugs();
  return scenes.done();
}

(window as unknown as { measure: typeof measure }).measure = measure;
