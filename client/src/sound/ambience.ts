// Cues come in, the sound of the place goes out: wind, leaves, birds, water, crickets, and a music box. All of it is made by code.
import { Chance } from '../wire/chance';
import type { Cue } from '../wire/types.gen';
import { CANDLES, LULLABY } from './melody';
import { birdPhrase, crickets, type Effect, effect, heartbeat, musicBox, softNoise } from './synth';

type Layer = 'wind' | 'leaves' | 'water' | 'birds' | 'crickets';
export type Mix = Readonly<Record<Layer, number>>;

/** How loud each part of a place is, before the cue's own gain. */
export const MIXES: Readonly<Record<string, Mix>> = {
  park_day: { wind: 0.42, leaves: 0.5, water: 0.22, birds: 0.5, crickets: 0 },
  park_evening: { wind: 0.35, leaves: 0.16, water: 0.2, birds: 0.1, crickets: 0.3 },
  quiet: { wind: 0.32, leaves: 0.14, water: 0.14, birds: 0.1, crickets: 0 },
  none: { wind: 0, leaves: 0, water: 0, birds: 0, crickets: 0 },
};

const TREES: readonly (readonly [number, number, number])[] = [
  [-7, 5, -9],
  [8, 6, -6],
  [-10, 5, 4],
  [5, 4, 9],
  [1, 7, -14],
];
const STREAM: readonly [number, number, number] = [12, 0, -10];
const MUSIC: Readonly<Record<string, typeof LULLABY>> = { lullaby: LULLABY, birthday: CANDLES };

/** What is to be heard now, as plain values. Kept apart from the browser so that it can be tested. */
export class AmbienceState {
  mix: Mix = MIXES.none!;
  gain = 0;
  fadeS = 4;
  music = '';
  musicGain = 0;

  /** True when something changed. */
  cue(cue: Cue): boolean {
    if (cue.kind === 'ambience') {
      this.mix = MIXES[cue.target] ?? MIXES.quiet!;
      this.gain = number(cue.args.gain, 0.5);
    } else if (cue.kind === 'music') {
      this.music = cue.target in MUSIC ? cue.target : '';
      this.musicGain = number(cue.args.gain, 0.4);
    } else if (cue.kind === 'song' && cue.target === 'birthday') {
      this.music = 'birthday';
      this.musicGain = 0.3;
    } else return false;
    this.fadeS = number(cue.args.fade_s, 4);
    return true;
  }
}

export class Ambience {
  readonly state = new AmbienceState();
  readonly #layers: Record<Layer, GainNode>;
  readonly #master: GainNode;
  readonly #close: GainNode;
  readonly #phrases: AudioBuffer[];
  readonly #birds: PannerNode[];
  readonly #gust: GainNode;
  readonly #effects = new Map<Effect, AudioBuffer>();
  #music: { name: string; source: AudioBufferSourceNode; gain: GainNode } | null = null;
  #hushed = false;
  #nextBirdS = 1.5;
  #nextGustS = 0;

  constructor(
    private readonly context: BaseAudioContext,
    private readonly out: AudioNode,
    private readonly chance = new Chance(20),
  ) {
    const rate = context.sampleRate;
    this.#master = this.#gain(0, out);
    this.#gust = this.#gain(0.7, this.#master);
    const layer = (to: AudioNode) => this.#gain(0, to);
    this.#layers = {
      wind: layer(this.#gust),
      leaves: layer(this.#gust),
      water: layer(this.#master),
      birds: layer(this.#master),
      crickets: layer(this.#master),
    };
    const noise = this.#buffer(softNoise(9, rate, chance));
    this.#loop(noise, this.#filter('lowpass', 420, 0.4, this.#layers.wind), 1);
    this.#loop(noise, this.#filter('bandpass', 2900, 0.5, this.#layers.leaves), 0.83);
    this.#loop(noise, this.#filter('bandpass', 900, 0.9, this.#panner(STREAM, this.#layers.water)), 1.27);
    this.#loop(noise, this.#filter('bandpass', 1900, 1.6, this.#panner(STREAM, this.#layers.water)), 1.71);
    this.#loop(this.#buffer(crickets(7.3, rate, chance)), this.#panner([-6, 0.1, -3], this.#layers.crickets), 1);
    this.#loop(this.#buffer(crickets(9.1, rate, chance)), this.#panner([7, 0.1, 2], this.#layers.crickets), 0.96);
    this.#phrases = Array.from({ length: 8 }, (_, n) => this.#buffer(birdPhrase(rate, chance, n < 3)));
    this.#birds = TREES.map((tree) => this.#panner(tree, this.#layers.birds, 'HRTF'));
    this.#close = this.#gain(0, out);
    this.#loop(this.#buffer(heartbeat(rate)), this.#close, 1);
    this.#loop(noise, this.#filter('bandpass', 520, 1.1, this.#gain(0.12, this.#close)), 0.5);
  }

  cue(cue: Cue): void {
    if (!this.state.cue(cue)) return;
    const { mix, gain, fadeS } = this.state;
    if (cue.kind === 'ambience') {
      this.#hushed = false;
      this.#to(this.#master.gain, gain, fadeS);
      for (const [name, node] of Object.entries(this.#layers)) this.#to(node.gain, mix[name as Layer], fadeS);
    } else this.#play(this.state.music, this.state.musicGain, fadeS);
  }

  /** `nearM`: from the visitor's head to the person's chest; in a hug a heart is heard. Call about every frame. */
  update(nearM: number): void {
    const now = this.context.currentTime;
    this.#to(this.#close.gain, nearM < 0.42 && !this.#hushed ? 0.3 : 0, 1.2);
    if (now >= this.#nextGustS) {
      const lengthS = this.chance.between(3, 7);
      this.#to(this.#gust.gain, this.chance.between(0.35, 1), lengthS);
      this.#nextGustS = now + lengthS;
    }
    if (now >= this.#nextBirdS) {
      this.#once(this.chance.pick(this.#phrases), this.chance.pick(this.#birds), this.chance.between(0.94, 1.06));
      this.#nextBirdS = now + this.chance.between(1.8, 6.5);
    }
  }

  effect(kind: Effect): void {
    let buffer = this.#effects.get(kind);
    if (buffer === undefined) {
      buffer = this.#buffer(effect(kind, this.context.sampleRate, this.chance));
      this.#effects.set(kind, buffer);
    }
    this.#once(buffer, this.out, 1);
  }

  /** Everything fades, within `seconds`. */
  silence(seconds: number): void {
    this.#hushed = true;
    this.#to(this.#master.gain, 0, seconds);
    this.#to(this.#close.gain, 0, seconds);
    this.#play('', 0, seconds);
  }

  #play(name: string, gain: number, fadeS: number): void {
    if (this.#music?.name === name) {
      this.#to(this.#music.gain.gain, gain, fadeS);
      return;
    }
    if (this.#music !== null) {
      this.#to(this.#music.gain.gain, 0, fadeS);
      this.#music.source.stop(this.context.currentTime + fadeS * 2 + 0.1);
      this.#music = null;
    }
    const tune = MUSIC[name];
    if (tune === undefined) return;
    const node = this.#gain(0, this.out);
    const source = this.#loop(this.#buffer(musicBox(tune, this.context.sampleRate)), node, 1);
    source.loop = name === 'lullaby';
    this.#to(node.gain, gain, Math.min(fadeS, 2));
    this.#music = { name, source, gain: node };
  }

  #gain(value: number, to: AudioNode): GainNode {
    const node = new GainNode(this.context, { gain: value });
    node.connect(to);
    return node;
  }

  #filter(type: BiquadFilterType, frequency: number, Q: number, to: AudioNode): BiquadFilterNode {
    const node = new BiquadFilterNode(this.context, { type, frequency, Q });
    node.connect(to);
    return node;
  }

  #panner(
    [positionX, positionY, positionZ]: readonly [number, number, number],
    to: AudioNode,
    panningModel: PanningModelType = 'equalpower',
  ) {
    const options = { panningModel, distanceModel: 'inverse', refDistance: 4, rolloffFactor: 0.6 } as const;
    const node = new PannerNode(this.context, { ...options, positionX, positionY, positionZ });
    node.connect(to);
    return node;
  }

  #buffer(samples: Float32Array<ArrayBuffer>): AudioBuffer {
    const buffer = this.context.createBuffer(1, samples.length, this.context.sampleRate);
    buffer.copyToChannel(samples, 0);
    return buffer;
  }

  #loop(buffer: AudioBuffer, to: AudioNode, playbackRate: number): AudioBufferSourceNode {
    const source = new AudioBufferSourceNode(this.context, { buffer, loop: true, playbackRate });
    source.connect(to);
    source.start();
    return source;
  }

  #once(buffer: AudioBuffer, to: AudioNode, playbackRate: number): void {
    const source = new AudioBufferSourceNode(this.context, { buffer, playbackRate });
    source.connect(to);
    source.start();
  }

  #to(parameter: AudioParam, value: number, seconds: number): void {
    parameter.setTargetAtTime(value, this.context.currentTime, Math.max(0.01, seconds / 3));
  }
}

function number(value: string | number | boolean | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
