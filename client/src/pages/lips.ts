// For `meetagain bench lips` alone: a likeness speaks (?likeness=, ?motion=) through the browser's real audio, over links good and bad;
// how far her lips are from what is heard goes out. The names of the figures stand in docs/benches.md.
import { type Camera, Scene, Vector3, WebGLRenderer } from 'three';
import { PersonBody } from '../person/person';
import { HeardSound, RATE_HZ } from '../sound/sound';
import { Stage } from '../stage/stage';
import { Chance } from '../wire/chance';
import { WallClock } from '../wire/clock';
import type { Cue, VisemeAt } from '../wire/types.gen';
import { Visitor } from '../wire/visitor';
import { hourOfTalk } from './hour';
import { type Block, coded, lips, type Mark, type Picture, rendered, type Stamp, seen } from './lipmarks';
import tapUrl from './tap.worklet.ts?worker&url';

const CHUNK = 4800; // samples in a message, as the server sends them
const GAP_S = 0.25; // between two clauses, as the server leaves it
const JITTER_S = 0.3;
const STALL_S = 1;
const PAIRS = 14; // of shut and open sounds in a clause
const EAR = new Vector3(0, 1.35, 0);

type Link = 'steady' | 'jitter' | 'underrun';

interface Clause {
  readonly samples: number;
  readonly visemes: VisemeAt[];
  readonly marks: readonly Mark[];
}

/** Shut and open sounds in turn, 110 to 170 ms each: "bababa". The first sound comes out of rest and is no mark. */
function babble(first: number): Clause {
  const visemes: VisemeAt[] = [];
  const marks: Mark[] = [];
  let at = 0;
  for (let n = 0; n < 2 * PAIRS; n += 1) {
    const shut = n % 2 === 0;
    visemes.push([at, shut ? 'PP' : 'aa', 1]);
    if (n > 0) marks.push({ sample: first + at, shut });
    at += Math.round((0.11 + 0.02 * (n % 4)) * RATE_HZ);
  }
  visemes.push([at, 'sil', 1]);
  return { samples: at + 0.05 * RATE_HZ, visemes, marks };
}

/** When each piece of a clause arrives, seconds after it was sent for; in order, as a socket does. */
function arrivals(link: Link, pieces: number, chance: Chance): number[] {
  let last = 0;
  const cut = Math.floor(chance.between(0.25, 0.75) * pieces);
  return Array.from({ length: pieces }, (_, n) => {
    if (link === 'steady') return 0;
    const sent = (n * CHUNK) / RATE_HZ;
    const at = link === 'jitter' ? sent + chance.between(0, JITTER_S) : n < cut ? 0 : (cut * CHUNK) / RATE_HZ + STALL_S;
    last = Math.max(last, at);
    return last;
  });
}

class Talk {
  readonly #clock = new WallClock();
  readonly #visitor = new Visitor();
  readonly #blocks: Block[] = [];
  readonly #pictures: Picture[] = [];
  readonly #stamps: Stamp[] = [];
  readonly #marks: Mark[] = [];
  readonly #begins = new Set<number>();
  readonly #mouth = new Vector3();
  #ended: (() => void) | null = null;
  #sent = 0;
  #over = false;

  private constructor(
    private readonly stage: Stage,
    private readonly body: PersonBody,
    private readonly link: Link,
    private readonly chance: Chance,
  ) {}

  static async hold(stage: Stage, body: PersonBody, link: Link, seconds: number): Promise<Record<string, number>> {
    const talk = new Talk(stage, body, link, new Chance(11));
    const sound = await HeardSound.open((clause) => {
      body.speechEnded(clause);
      talk.#ended?.();
    });
    const context = sound.voice.panner.context as AudioContext;
    await talk.#tap(context, sound);
    talk.#look(context, sound);
    for (let clause = 1; talk.#sent < seconds * RATE_HZ; clause += 1) await talk.#say(clause, sound);
    await after(0.3);
    talk.#over = true;
    await sound.close();
    return talk.#figures(await lateness(EAR, talk.#mouth));
  }

  /** Listens at the worklet itself, before loudness and place. */
  async #tap(context: AudioContext, sound: HeardSound): Promise<void> {
    await context.audioWorklet.addModule(tapUrl);
    const tap = new AudioWorkletNode(context, 'tap', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
    tap.port.onmessage = (message: MessageEvent<Block>) => this.#blocks.push(message.data);
    (sound.voice as unknown as { node: AudioNode }).node.connect(tap);
  }

  /** Every picture as the visitor's page makes it, but for the drawing. */
  #look(context: AudioContext, sound: HeardSound): void {
    let before = this.#clock.now();
    this.#visitor.setHead([EAR.x, EAR.y, EAR.z, 0, 0, 0, 1]);
    const picture = () => {
      if (this.#over) return;
      const now = this.#clock.now();
      const dt = Math.min(now - before, 0.1);
      before = now;
      const heard = sound.voice.heard(dt);
      if (heard !== null) this.body.speechAt(heard.clause, heard.sample);
      this.body.update(dt, this.#visitor, this.stage, null as unknown as Camera);
      sound.update(dt, this.#visitor, this.body.landmark('mouth', this.#mouth), Number.POSITIVE_INFINITY);
      const { jaw, lipsShut } = this.body.measure() as { jaw: number; lipsShut: number };
      this.#pictures.push({ atMs: now * 1000, jaw, shut: lipsShut });
      const { contextTime, performanceTime } = context.getOutputTimestamp();
      if (contextTime && performanceTime) this.#stamps.push({ audioS: contextTime, atMs: performanceTime });
      requestAnimationFrame(picture);
    };
    requestAnimationFrame(picture);
  }

  async #say(clause: number, sound: HeardSound): Promise<void> {
    const first = this.#sent;
    const { samples, visemes, marks } = babble(first);
    this.#marks.push(...marks);
    this.#begins.add(first);
    this.#sent += samples;
    const heard = new Promise<void>((resolve) => {
      this.#ended = resolve;
    });
    const waits = arrivals(this.link, Math.ceil(samples / CHUNK), this.chance);
    const began = this.#clock.now();
    await after(waits[0]!);
    sound.voice.begin(clause, samples);
    this.body.speechStarted({
      type: 'SpeechStarted', at_s: 0, turn: 1, clause, text: '', line_class: 'authored', expression: 'neutral', gesture: '', cites: [],
      rate_hz: RATE_HZ, samples, visemes, sound: '', real: false,
    }); // biome-ignore format: one event
    for (const [n, wait] of waits.entries()) {
      if (wait > 0) await after(began + wait - this.#clock.now());
      const from = n * CHUNK;
      const piece = new Int16Array(Math.min(CHUNK, samples - from));
      for (let k = 0; k < piece.length; k += 1) piece[k] = coded(first + from + k);
      sound.take({ clause, firstSample: from, samples: piece });
    }
    await heard;
    await after(GAP_S);
  }

  #figures(lateMs: number): Record<string, number> {
    const found = rendered(this.#blocks, this.#begins);
    const { errorsMs, movedInStalls } = lips(found, this.#marks, seen(this.#pictures), this.#stamps, RATE_HZ, lateMs);
    const sorted = errorsMs.map(Math.abs).sort((a, b) => a - b);
    return {
      sounds: errorsMs.length,
      error_p50_ms: sorted[Math.floor(0.5 * sorted.length)] ?? Number.NaN,
      error_p95_ms: sorted[Math.floor(0.95 * sorted.length)] ?? Number.NaN,
      error_max_ms: sorted.at(-1) ?? Number.NaN,
      early_max_ms: Math.max(0, -Math.min(...errorsMs)),
      mean_ms: errorsMs.reduce((sum, one) => sum + one, 0) / errorsMs.length,
      stalls: found.stalls.length,
      moved_in_stalls: movedInStalls,
      skipped_samples: found.skipped + this.#sent - found.frames.length,
      pictures_per_s: (this.#pictures.length - 1) / ((this.#pictures.at(-1)!.atMs - this.#pictures[0]!.atMs) / 1000),
      place_ms: lateMs,
    };
  }
}

/** How much later a sound is heard because it comes from a place: what the filters of the ear hold back. */
async function lateness(ear: Vector3, mouth: Vector3): Promise<number> {
  const context = new OfflineAudioContext(2, RATE_HZ, RATE_HZ);
  const buffer = context.createBuffer(1, 1, RATE_HZ);
  buffer.getChannelData(0)[0] = 1;
  const source = new AudioBufferSourceNode(context, { buffer });
  const [positionX, positionY, positionZ] = mouth.clone().sub(ear).toArray();
  const panner = new PannerNode(context, {
    panningModel: 'HRTF',
    distanceModel: 'inverse',
    refDistance: 0.8,
    positionX,
    positionY,
    positionZ,
  });
  source.connect(panner).connect(context.destination);
  source.start(0.5);
  const out = (await context.startRendering()).getChannelData(0);
  const loudest = out.reduce((best, value, n) => (Math.abs(value) > Math.abs(out[best]!) ? n : best), 0);
  return (loudest / RATE_HZ - 0.5) * 1000;
}

function after(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, seconds) * 1000));
}

async function measureLips(link: Link, seconds: number): Promise<Record<string, number>> {
  const asked = new URLSearchParams(location.search);
  const stage = new Stage(new Scene(), new WebGLRenderer({ canvas: document.createElement('canvas') }));
  const body = await PersonBody.load(asked.get('likeness') ?? '', asked.get('motion') ?? '');
  const there: readonly Cue[] = [
    { kind: 'be', target: 'stand', args: { at: 'stop_point' } },
    { kind: 'look', target: 'visitor', args: {} },
  ];
  for (const cue of there) {
    stage.cue(cue);
    body.cue(cue, stage);
  }
  return Talk.hold(stage, body, link, seconds);
}

Object.assign(window, { measureLips, hourOfTalk });
