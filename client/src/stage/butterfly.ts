// Where it should be comes in; a butterfly that flutters, settles on a bench or a finger, and at the end rises goes out.
import { BufferAttribute, BufferGeometry, CapsuleGeometry, DoubleSide, Mesh, Vector3 } from 'three';
import type { Air } from './air';
import { BED, BENCH, HIDE_TREE } from './anchors';
import { Appearing, type Args, type Around, type Prop } from './prop';
import type { Touchable } from './reach';
import { Shape } from './shape';

type Mood = 'wander' | 'settle' | 'to_hide' | 'rise';
const SPEED_M_S = 0.95;
const FINGER_M = 0.4;
const ON_BENCH = onBench(-0.3, 0.868, -0.306); // the top rail
const AT_HIDE = new Vector3(HIDE_TREE.x + 0.42, 1.15, HIDE_TREE.z + 0.35);
const FROM_BED = new Vector3(BED.x + 0.2, 0.85, BED.z + 0.5);

/** A place on the bench, in the bench's own frame. */
function onBench(x: number, y: number, z: number): Vector3 {
  return new Vector3(x, y, z).applyAxisAngle(new Vector3(0, 1, 0), BENCH.yaw).add(new Vector3(BENCH.x, 0, BENCH.z));
}

export class Butterfly implements Prop {
  readonly name = 'butterfly';
  readonly states = ['on', 'settle', 'to_hide', 'rise'];
  readonly object: Mesh;
  readonly touchables: readonly Touchable[] = [];
  readonly #appearing = new Appearing(1);
  readonly #flap = { value: 0 };
  readonly #goal = new Vector3();
  readonly #speed = new Vector3();
  readonly #way = new Vector3();
  #mood: Mood = 'wander';
  #at = 'bench';
  #phase = 0;
  #fresh = true;
  settled = false;

  constructor(air: Air) {
    const flap = this.#flap;
    this.object = new Mesh(
      wings(),
      air.painted(
        { side: DoubleSide },
        {
          soft: true,
          grain: 0.25,
          uniforms: { uFlap: flap },
          vertexHead: 'uniform float uFlap;',
          vertex:
            'float fold = uFlap * sign(transformed.x) * step(0.0035, abs(transformed.x)); transformed.xy = mat2(cos(fold), sin(fold), -sin(fold), cos(fold)) * transformed.xy;',
          glow: 'totalEmissiveRadiance += diffuseColor.rgb * 0.22;',
        },
      ),
    );
    this.object.castShadow = true;
    this.object.frustumCulled = false;
    this.object.visible = false;
    this.object.name = 'butterfly';
    this.object.position.copy(ON_BENCH);
    this.object.scale.setScalar(1.3);
  }

  get shown(): boolean {
    return this.#appearing.on;
  }

  state(state: string, args: Args): void {
    this.#appearing.on = state !== 'off';
    this.object.visible = true;
    this.settled = false;
    if (typeof args['at'] === 'string') this.#at = args['at'];
    if (state === 'settle' || state === 'to_hide' || state === 'rise') this.#mood = state;
    else this.#mood = 'wander';
    if (this.#mood === 'rise') {
      this.object.position.copy(FROM_BED);
      this.#phase = 0;
    }
  }

  update(dt: number, around: Around): void {
    if (!this.object.visible) return;
    this.object.visible = this.#appearing.step(dt);
    this.#phase += dt;
    if (this.#fresh) {
      this.object.position.copy(around.visitor.head).addScaledVector(around.visitor.gaze, 3).setY(1.1);
      this.object.position.x -= 1.6;
      this.#fresh = false;
    }
    const still = this.#aim(around);
    const away = this.#way.subVectors(this.#goal, this.object.position).length();
    this.settled = still && away < 0.03;
    if (this.settled) this.#rest(dt);
    else this.#fly(dt, away, still);
  }

  /** Sets the goal; true where it would sit down. */
  #aim(around: Around): boolean {
    const { visitor, time } = around;
    if (this.#mood === 'rise') {
      const up = Math.min(9, this.#phase * 0.42);
      this.#goal.set(
        FROM_BED.x - 0.35 * up + 0.4 * Math.sin(this.#phase * 0.9),
        FROM_BED.y + up,
        FROM_BED.z + 0.25 * up + 0.4 * Math.cos(this.#phase * 0.8),
      );
      if (this.#phase > 20) this.#appearing.on = false;
      return false;
    }
    for (let i = 0; i < 2; i++) {
      const hand = i ? visitor.left : visitor.right;
      if (!hand || hand.pinching || hand.gripping || hand.position.y < 0.75) continue;
      const tip = hand.joints?.[9] ?? hand.position;
      if (tip.distanceTo(this.object.position) > (this.settled ? FINGER_M : 1.4) || this.#mood === 'to_hide') continue;
      this.#goal.copy(tip).y += 0.012;
      return true;
    }
    if (this.#mood === 'settle') {
      this.#goal.copy(this.#at === 'bed' ? FROM_BED : ON_BENCH);
      return true;
    }
    if (this.#mood === 'to_hide') {
      this.#goal.copy(AT_HIDE);
      return true;
    }
    this.#goal.set(
      visitor.head.x + Math.sin(time * 0.23) * 2.2,
      1.05 + 0.35 * Math.sin(time * 0.41),
      visitor.head.z - 2.6 + Math.cos(time * 0.29) * 1.1,
    );
    return false;
  }

  #rest(dt: number): void {
    this.object.position.lerp(this.#goal, Math.min(1, dt * 10));
    const open = 0.95 + 0.35 * Math.sin(this.#phase * 1.6);
    this.#flap.value += (open - this.#flap.value) * Math.min(1, dt * 4);
    this.#speed.set(0, 0, 0);
  }

  #fly(dt: number, away: number, still: boolean): void {
    const pace = still ? Math.min(SPEED_M_S, 0.12 + away * 1.3) : SPEED_M_S * 0.8;
    const dance = still ? Math.min(1, away * 1.5) : 1;
    this.#way.divideScalar(away || 1).multiplyScalar(pace);
    this.#way.y += 0.5 * Math.sin(this.#phase * 5.1) * dance;
    this.#way.x += 0.36 * Math.sin(this.#phase * 3.3 + 1) * dance;
    this.#way.z += 0.3 * Math.cos(this.#phase * 2.7) * dance;
    this.#speed.lerp(this.#way, Math.min(1, dt * 4));
    this.object.position.addScaledVector(this.#speed, dt);
    const turn = Math.atan2(this.#speed.x, this.#speed.z);
    const d = Math.atan2(Math.sin(turn - this.object.rotation.y), Math.cos(turn - this.object.rotation.y));
    this.object.rotation.y += d * Math.min(1, dt * 3.5);
    this.#flap.value = 0.42 + 0.72 * Math.sin(this.#phase * 15.5 + 0.8 * Math.sin(this.#phase * 1.9)); // wings, not light: small and far below a flash's area
  }
}

const WING: readonly (readonly [number, number])[] = [
  [0.004, 0.004],
  [0.012, 0.024],
  [0.032, 0.037],
  [0.044, 0.03],
  [0.04, 0.014],
  [0.03, 0.003],
  [0.034, -0.01],
  [0.029, -0.024],
  [0.016, -0.027],
  [0.006, -0.012],
];

/** Four wings as two fans of triangles, blue with a dark edge and a pale dot; a slim body. Faces +Z. */
function wings(): BufferGeometry {
  const places: number[] = [];
  const colours: number[] = [];
  const put = (x: number, z: number, tone: number) => {
    places.push(x, 0.002, z);
    const [r, g, b] = tone === 0 ? [0.93, 0.62, 0.2] : tone === 1 ? [0.86, 0.4, 0.12] : [0.16, 0.1, 0.08];
    colours.push(r!, g!, b!);
  };
  for (const side of [-1, 1]) {
    for (let i = 0; i < WING.length; i++) {
      const [ax, az] = WING[i]!;
      const [bx, bz] = WING[(i + 1) % WING.length]!;
      const inner = (x: number, z: number): [number, number] => [side * (0.006 + (x - 0.006) * 0.78), z * 0.78];
      put(side * 0.0045, 0, 0);
      put(...inner(ax, az), 1);
      put(...inner(bx, bz), 1);
      put(...inner(ax, az), 1);
      put(side * ax, az, 2);
      put(...inner(bx, bz), 1);
      put(...inner(bx, bz), 1);
      put(side * ax, az, 2);
      put(side * bx, bz, 2);
    }
  }
  const fan = new BufferGeometry();
  fan.setAttribute('position', new BufferAttribute(new Float32Array(places), 3));
  fan.setAttribute(
    'normal',
    new BufferAttribute(
      new Float32Array(places.length).map((_, i) => (i % 3 === 1 ? 1 : 0)),
      3,
    ),
  );
  fan.setAttribute('uv', new BufferAttribute(new Float32Array((places.length / 3) * 2), 2));
  const body = new CapsuleGeometry(0.0026, 0.026, 3, 7).rotateX(Math.PI / 2);
  let at = 0;
  return new Shape()
    .add(fan, (out) => {
      out.setRGB(colours[at]!, colours[at + 1]!, colours[at + 2]!);
      at += 3;
    })
    .add(body, 0x4a3626)
    .build();
}
