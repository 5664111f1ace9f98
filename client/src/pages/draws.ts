// For `meetagain bench client` alone: the beats of a story with their cues come in, what each of them asks of a headset goes out.
// Time is led. What an eye sees is counted twice, the shadows of a frame once. The names of the figures stand in docs/benches.md.
import { type CompressedTexture, type Material, type Object3D, PerspectiveCamera, Scene, type Texture, WebGLRenderer } from 'three';
import { PersonBody } from '../person/person';
import { Stage } from '../stage/stage';
import { WallClock } from '../wire/clock';
import type { Cue } from '../wire/types.gen';
import { Visitor } from '../wire/visitor';

const FRAME_S = 1 / 72;
const LOOKS = 8; // ways round
const EYES = 2;
const MIPS = 4 / 3;
const BATCH = 10; // frames: a browser's clock is too coarse for one
const HEIGHT_M = { standing: 1.6, lying: 0.75 };

export interface BeatCues {
  readonly beat: string;
  readonly cues: readonly Cue[];
}

interface BeatCost {
  readonly beat: string;
  readonly draw_calls: number;
  readonly triangles: number;
}

class Drawn {
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera(96, 1, 0.03, 400); // about what a headset's eye sees
  readonly #visitor = new Visitor();
  readonly #clock = new WallClock();
  readonly #costsMs: number[] = [];

  constructor(
    private readonly renderer: WebGLRenderer,
    private readonly stage: Stage,
    private readonly body: PersonBody,
  ) {
    renderer.info.autoReset = false; // shadows are drawn before, and count
  }

  static async open(likeness: string, motion: string): Promise<Drawn> {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 192;
    const renderer = new WebGLRenderer({ canvas });
    const scene = new Scene();
    const stage = new Stage(scene, renderer);
    const body = await PersonBody.load(likeness, motion, 'portrait', renderer);
    scene.add(body.root);
    const drawn = new Drawn(renderer, stage, body);
    drawn.#scene.add(scene);
    return drawn;
  }

  /** The visitor stands where the story has them, then looks all round while it goes on for a while. */
  beat({ beat, cues }: BeatCues): BeatCost {
    for (const cue of cues) {
      this.stage.cue(cue);
      this.body.cue(cue, this.stage);
      if (cue.kind === 'go') this.#stand(cue.target);
    }
    this.#step(4);
    let calls = 0;
    let triangles = 0;
    for (let look = 0; look < LOOKS; look += 1) {
      this.#step(0.5);
      this.#camera.position.copy(this.#visitor.head);
      this.#camera.rotation.set(0, (look / LOOKS) * 2 * Math.PI, 0);
      const { shadowMap } = this.renderer;
      shadowMap.autoUpdate = true;
      const whole = this.#render();
      shadowMap.autoUpdate = false; // both eyes share the shadows of a frame
      const eye = this.#render();
      calls = Math.max(calls, whole.calls + (EYES - 1) * eye.calls);
      triangles = Math.max(triangles, whole.triangles + (EYES - 1) * eye.triangles);
    }
    return { beat, draw_calls: calls, triangles };
  }

  #render(): { calls: number; triangles: number } {
    const { info } = this.renderer;
    info.reset();
    this.renderer.render(this.#scene, this.#camera);
    return { calls: info.render.calls, triangles: info.render.triangles };
  }

  /** Milliseconds of our own JavaScript a frame, 95 of 100. */
  get costMs(): number {
    const means: number[] = [];
    for (let at = 0; at + BATCH <= this.#costsMs.length; at += BATCH)
      means.push(this.#costsMs.slice(at, at + BATCH).reduce((sum, one) => sum + one) / BATCH);
    means.sort((one, other) => one - other);
    return means[Math.floor(0.95 * means.length)] ?? Number.NaN;
  }

  /** Megabytes of pictures on the graphics card, each once, by whose they are. */
  texturesMb(): Record<string, number> {
    const found: Record<string, number> = { place: 0, person: 0 };
    const seen = new Set<unknown>();
    this.#scene.traverse((object) => {
      for (const texture of texturesOf(object)) {
        if (seen.has(texture.source)) continue;
        seen.add(texture.source);
        found[this.#isHers(object) ? 'person' : 'place']! += bytesOf(texture) / 1e6;
      }
    });
    return found;
  }

  #isHers(object: Object3D): boolean {
    for (let at: Object3D | null = object; at !== null; at = at.parent) if (at === this.body.root) return true;
    return false;
  }

  #stand(anchor: string): void {
    const { visitor } = this.stage.anchor(anchor);
    const lies = anchor === 'bed' || anchor === 'night';
    this.#visitor.setHead([
      visitor.position.x,
      visitor.position.y + (lies ? HEIGHT_M.lying : HEIGHT_M.standing),
      visitor.position.z,
      0,
      0,
      0,
      1,
    ]);
  }

  #step(seconds: number): void {
    for (let left = seconds; left > 1e-9; left -= FRAME_S) {
      const began = this.#clock.now() * 1000;
      this.stage.update(FRAME_S, this.#visitor, this.body);
      this.body.update(FRAME_S, this.#visitor, this.stage, this.#camera);
      this.#costsMs.push(this.#clock.now() * 1000 - began);
    }
  }
}

function texturesOf(object: Object3D): Texture[] {
  const given = (object as { material?: Material | Material[] }).material;
  const materials = given === undefined ? [] : Array.isArray(given) ? given : [given];
  return materials.flatMap((material) => {
    const uniforms = (material as { uniforms?: Record<string, { value: unknown }> }).uniforms ?? {};
    return [...Object.values(material), ...Object.values(uniforms).map(({ value }) => value)].filter(isTexture);
  });
}

function isTexture(value: unknown): value is Texture {
  return typeof value === 'object' && value !== null && (value as { isTexture?: boolean }).isTexture === true;
}

function bytesOf(texture: Texture): number {
  const packed = (texture as CompressedTexture).mipmaps ?? [];
  if ((texture as Partial<CompressedTexture>).isCompressedTexture)
    return packed.reduce((sum, mip) => sum + (mip.data as Uint8Array).byteLength, 0);
  const { width, height } = (texture.image ?? { width: 0, height: 0 }) as { width: number; height: number };
  return width * height * 4 * (texture.generateMipmaps ? MIPS : 1);
}

/** Bytes that came over the wire until now. */
function loadedMb(): number {
  const parts = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  return parts.reduce((sum, part) => sum + part.encodedBodySize, 0) / 1e6;
}

async function draws(beats: readonly BeatCues[]): Promise<Record<string, unknown>> {
  const asked = new URLSearchParams(location.search);
  const drawn = await Drawn.open(asked.get('likeness') ?? '', asked.get('motion') ?? '');
  const of = beats.map((beat) => drawn.beat(beat));
  return { beats: of, our_js_ms_p95: drawn.costMs, textures_mb: drawn.texturesMb(), load_mb: loadedMb() };
}

(window as unknown as { draws: typeof draws }).draws = draws;
