import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { clipsOrStill, type Loaded } from '../../src/person/load';
import { PersonBody } from '../../src/person/person';
import type { Visitor } from '../../src/wire/visitor';
import { cue, Meadow, MOUTHS, makeFace, makePerson, makeRig, makeVisitor, NO_CAMERA } from './figure';

const FRAME_S = 1 / 30;

class Together {
  readonly stage = new Meadow();
  readonly acts: string[] = [];

  constructor(
    readonly body: PersonBody = makePerson(),
    readonly visitor: Visitor = makeVisitor(1.3),
  ) {}

  cue(kind: string, target = '', args: Record<string, string | number | boolean> = {}): this {
    this.body.cue(cue(kind, target, args), this.stage);
    return this;
  }

  step(seconds: number, seen: () => void = () => {}): this {
    for (let t = 0; t < seconds; t += FRAME_S) {
      for (const { act } of this.body.update(FRAME_S, this.visitor, this.stage, NO_CAMERA)) this.acts.push(act);
      seen();
    }
    return this;
  }

  mark(name: string): Vector3 {
    return this.body.landmark(name, new Vector3());
  }

  hand(side: 'left' | 'right', at: Vector3 | null): this {
    this.visitor.setHand(side, at === null ? null : [at.x, at.y, at.z, 0, 0, 0, 1]);
    return this;
  }

  get now(): Record<string, number | string | boolean> {
    return this.body.measure() as Record<string, number | string | boolean>;
  }
}

const near = (distance_m = 0.75) =>
  new Together().cue('be', 'stand', { at: 'stop_point' }).step(1).cue('be', 'approach', { distance_m }).step(5);

describe('first sight', () => {
  it('is hidden until she peeks, then runs in and stops a little way off', () => {
    const together = new Together().cue('be', 'hidden').step(1);
    expect(together.body.root.visible).toBe(false);
    together.cue('be', 'peek').step(2);
    expect(together.body.root.visible).toBe(true);
    let fastest = 0;
    together.cue('be', 'come_in', { at: 'stop_point' }).step(8, () => {
      fastest = Math.max(fastest, Number(together.now['speed']));
    });
    expect(fastest).toBeGreaterThan(1.8);
    expect(together.body.root.position.distanceTo(new Vector3(0, 0, -2.5))).toBeLessThan(0.05);
    expect(together.now['resting']).toBe(true);
  });

  it('keeps her distance also when the visitor has come nearer meanwhile', () => {
    const together = new Together().cue('be', 'hidden').step(1);
    together.visitor.setHead([0, 1.5, -1.2, 0, 0, 0, 1]);
    together.step(0.2).cue('be', 'come_in', { at: 'stop_point' }).step(8);
    expect(together.body.root.position.z).toBeLessThan(-1.2 - 2.1);
  });

  it('an old man comes at a walk', () => {
    const together = new Together(makePerson(1.67, false)).cue('be', 'hidden').step(1);
    let fastest = 0;
    together.cue('be', 'come_in', { at: 'stop_point' }).step(14, () => {
      fastest = Math.max(fastest, Number(together.now['speed']));
    });
    expect(fastest).toBeLessThan(1.4);
    expect(together.now['resting']).toBe(true);
  });
});

describe('eyes', () => {
  it('rest on the visitor for most of the time and always come back', () => {
    const together = near(0.9);
    let met = 0;
    let all = 0;
    let worst = 0;
    let away = 0;
    let longest = 0;
    together.cue('look', 'visitor').step(90, () => {
      const { meets, gazeMissRad } = together.now;
      all += 1;
      met += meets ? 1 : 0;
      away = meets ? 0 : away + FRAME_S;
      longest = Math.max(longest, away);
      if (meets) worst = Number(gazeMissRad) > 0.2 ? worst + 1 : worst;
    });
    expect(met / all).toBeGreaterThan(0.6);
    expect(met / all).toBeLessThan(0.95);
    expect(longest).toBeLessThan(2.6);
    expect(worst / met).toBeLessThan(0.06); // only while a glance comes back
  });

  it('turn inward when the visitor is very near', () => {
    const together = near(0.5).step(6);
    const left = together.body.joint('eye.L')!.quaternion.y;
    const right = together.body.joint('eye.R')!.quaternion.y;
    expect(right - left).toBeGreaterThan(0.03);
  });

  it('follow what the story shows, and come back to the visitor', () => {
    const together = near(0.9);
    const cake = { matrixWorld: together.body.root.matrixWorld.clone().setPosition(0.9, 0.4, -0.4) };
    together.stage.things.set('cake', cake as never);
    together.cue('look', 'prop:cake').step(1.2);
    expect(together.now['meets']).toBe(false);
    let came = false;
    together.step(8, () => {
      came ||= together.now['meets'] === true;
    });
    expect(came).toBe(true);
  });

  it('close when she falls asleep', () => {
    const together = new Together().cue('be', 'lie', { at: 'bed' }).step(1).cue('be', 'sleep', { at: 'bed' }).step(3);
    expect(Number(together.now['lids'])).toBeGreaterThan(0.98);
    expect(together.body.root.position.y).toBeCloseTo(0.47, 2);
  });
});

describe('touch', () => {
  it('takes an offered hand, goes along with it and tells when it is let go', () => {
    const together = near().cue('offer', 'hand').step(1);
    const palm = together.mark('palm_r').add(new Vector3(0.02, -0.02, 0.06));
    together.hand('left', palm).step(1.6);
    expect(together.acts).toContain('hand_taken');
    let worst = 0;
    together.step(1.2, () => {
      palm.y += 0.003;
      palm.x += 0.001;
      together.hand('left', palm);
      worst = Math.max(worst, Number(together.now['palmApartM']));
    });
    expect(worst).toBeLessThan(0.04);
    together.hand('left', new Vector3(1.5, 1, 0.5)).step(1);
    expect(together.acts).toContain('hand_released');
  });

  it('does not reach for a hand that only passes by, unless one was offered', () => {
    const together = near().step(1);
    together.hand('left', together.mark('palm_r').add(new Vector3(0, 0, 0.25))).step(2);
    expect(together.acts).not.toContain('hand_taken');
  });

  it('feels her hair stroked, and once for one stroke', () => {
    const together = near();
    const crown = together.mark('crown');
    let t = 0;
    together.step(2, () => {
      t += FRAME_S;
      together.hand('right', crown.clone().add(new Vector3(0.05 * Math.sin(t * 4), -0.01, 0.02)));
    });
    expect(together.acts.filter((act) => act === 'hair_stroked')).toHaveLength(1);
  });

  it('feels a kiss on the brow', () => {
    const together = new Together().cue('be', 'lie', { at: 'bed' }).step(1);
    const brow = together.mark('brow');
    together.visitor.setHead([brow.x, brow.y + 0.15, brow.z + 0.05, 0, 0, 0, 1]);
    together.step(1);
    expect(together.acts).toContain('kissed_brow');
  });
});

describe('X2: a hug works with both hands, with one, and by leaning in', () => {
  const ways: Record<string, (together: Together) => void> = {
    'both hands': (together) => {
      const back = together.mark('back');
      together.hand('left', back.clone().add(new Vector3(-0.1, 0, -0.03))).hand('right', back.clone().add(new Vector3(0.1, 0, -0.03)));
    },
    'one hand': (together) => void together.hand('right', together.mark('back').add(new Vector3(0.05, 0, -0.03))),
    'leaning in': (together) => {
      const chest = together.mark('chest');
      together.visitor.setHead([chest.x, 1.25, chest.z + 0.32, 0, 0, 0, 1]);
    },
  };
  for (const [way, begin] of Object.entries(ways)) {
    it(way, () => {
      const together = near().cue('offer', 'hug').step(1);
      together.visitor.setHead([0, 1.3, -0.3, 0, 0, 0, 1]);
      together.step(0.2);
      begin(together);
      let deepest = 0;
      together.step(3.2, () => {
        deepest = Math.max(deepest, Number(together.now['hugDepthM']));
      });
      expect(together.now['hug']).toBe('holding');
      expect(deepest).toBeLessThan(0.03); // sleeves and cloth give that much
      together.visitor.setHead([0, 1.4, 0.4, 0, 0, 0, 1]);
      together.hand('left', null).hand('right', null).step(8);
      expect(together.acts).toContain('hug_done');
    });
  }

  it('never lets go first', () => {
    const together = near().cue('offer', 'hug').step(1);
    together.visitor.setHead([0, 1.3, -0.3, 0, 0, 0, 1]);
    for (let i = 0; i < 20; i += 1) {
      ways['both hands']!(together);
      together.step(1);
    }
    expect(together.now['hug']).toBe('holding');
    expect(together.acts).not.toContain('hug_done');
  });
});

describe('where the story brings her', () => {
  it('sits down where she is sent, and gets up before she walks', () => {
    const together = new Together().cue('be', 'stand', { at: 'stop_point' }).step(1);
    together.stage.veil = 1;
    together.cue('be', 'sit', { at: 'picnic' }).step(0.3);
    expect(together.now['posture']).toBe('sit');
    expect(together.body.root.position.x).toBeCloseTo(5.4, 2);
    together.stage.veil = 0;
    together.cue('be', 'stand', { at: 'play_lawn' });
    let slid = 0;
    together.step(1, () => {
      if (together.now['posture'] === 'sit') slid = Math.max(slid, Math.abs(together.body.root.position.x - 5.4));
    });
    expect(slid).toBeLessThan(0.01);
    together.step(8);
    expect(together.body.root.position.x).toBeCloseTo(3.4, 1);
    expect(together.now['posture']).toBe('stand');
  });

  it('is there at once for one who comes late', () => {
    const together = new Together();
    together.cue('be', 'hidden').cue('be', 'stand').cue('be', 'sit', { at: 'picnic' }).step(0.1);
    expect(together.now['posture']).toBe('sit');
    expect(together.body.root.visible).toBe(true);
  });

  it('gives way when somebody comes too near without touching her', () => {
    const together = near(0.75);
    together.visitor.setHead([0, 1.3, together.body.root.position.z + 0.3, 0, 0, 0, 1]);
    const before = together.body.root.position.z;
    together.step(4);
    expect(together.body.root.position.z).toBeLessThan(before - 0.15);
  });
});

describe('words', () => {
  it('moves her lips only for the clause at the ear, and falls silent when hushed', () => {
    const together = near();
    together.body.speechStarted({
      type: 'SpeechStarted', at_s: 0, turn: 1, clause: 4, text: 'Hello', line_class: 'authored', expression: 'joy', gesture: 'wave', cites: [],
      rate_hz: 24000, samples: 24000, visemes: [[0, 'aa', 1]], sound: '', real: false,
    }); // biome-ignore format: one event
    together.step(0.5);
    expect(together.now['speaking']).toBe(false);
    together.step(0.4, () => together.body.speechAt(4, 3000));
    expect(together.now['speaking']).toBe(true);
    expect(together.now['gesture']).toBe('wave');
    expect(Number(together.now['jaw'])).toBeGreaterThan(0.2);
    together.body.hush();
    together.step(1);
    expect(Number(together.now['jaw'])).toBeLessThan(0.15);
  });
});

describe('for one who comes late or moves through a kept meeting', () => {
  it('stands at once where she had come to meanwhile', () => {
    const together = new Together().cue('be', 'approach', { distance_m: 0.75 }).step(0.2);
    expect(together.body.root.visible).toBe(true);
    expect(together.body.root.position.z).toBeCloseTo(-0.75, 1);
    expect(together.now['resting']).toBe(true);
  });

  it('has come in already, and lies in bed at the next leap', () => {
    const together = new Together().cue('be', 'come_in', { at: 'stop_point' }).step(0.1);
    expect(together.body.root.position.z).toBeCloseTo(-2.5, 2);
    together.body.settle();
    together.cue('be', 'lie', { at: 'bed' }).step(0.1);
    expect(together.now['posture']).toBe('lie');
    expect(together.body.root.position.x).toBeCloseTo(-6.6, 2);
  });
});

describe('listening', () => {
  it('shows within 300 ms that she has heard, and comes back to their eyes', () => {
    for (const [speaking, thinking] of [[true, false], [false, true]] as const) {
      const together = near(0.9).step(7.3);
      const before = Number(together.now['brows']);
      together.body.listening(speaking, thinking);
      together.step(0.25);
      expect(Number(together.now['brows']) - before).toBeGreaterThan(0.12);
      expect(together.now['meets']).toBe(true);
    }
  }); // biome-ignore format: two ways

  it('draws a breath before she speaks, and leans in while they do', () => {
    const together = near(0.9);
    together.body.listening(true, false);
    const upright = together.mark('brow').z;
    together.step(3);
    expect(together.mark('brow').z - upright).toBeGreaterThan(0.02);
    together.body.listening(false, false);
    together.step(4);
    together.body.speechStarted({
      type: 'SpeechStarted', at_s: 0, turn: 1, clause: 9, text: 'Hello', line_class: 'authored', expression: '', gesture: '', cites: [],
      rate_hz: 24000, samples: 24000, visemes: [], sound: '', real: false,
    }); // biome-ignore format: one event
    together.step(0.3);
    expect(Number(together.now['breath'])).toBeGreaterThan(0.5);
  });
});

describe('a held hand', () => {
  it('stays held when she falls asleep, and is let go by the visitor alone', () => {
    const together = new Together().cue('be', 'lie', { at: 'bed' }).cue('offer', 'hand').step(1);
    const palm = together.mark('palm_r').add(new Vector3(0, 0.03, 0.02));
    together.hand('right', palm).step(2);
    expect(together.acts).toContain('hand_taken');
    together.cue('be', 'sleep', { at: 'bed' }).cue('look', 'closed').step(6);
    expect(together.now['holding']).toBe(true);
    expect(together.acts).not.toContain('hand_released');
    together.hand('right', palm.clone().add(new Vector3(0.6, 0.4, 0))).step(1);
    expect(together.acts).toContain('hand_released');
  });

  it('is taken when it is laid in hers while she sleeps, and not reached for', () => {
    const together = new Together().cue('be', 'lie', { at: 'bed' }).cue('offer', 'hand').step(1).cue('be', 'sleep', { at: 'bed' }).step(2);
    together.hand('right', together.mark('palm_r').add(new Vector3(0.05, 0.22, 0))).step(2);
    expect(together.acts).not.toContain('hand_taken');
    together.hand('right', together.mark('palm_r').add(new Vector3(0, 0.03, 0))).step(2);
    expect(together.acts).toContain('hand_taken');
  });

  it('leads her along when it goes farther than her arm', () => {
    const together = near().cue('offer', 'hand').step(1);
    const palm = together.mark('palm_r').add(new Vector3(0.02, -0.01, 0.05));
    together.hand('left', palm).step(1.6);
    const before = together.body.root.position.clone();
    together.step(4, () => {
      palm.x -= 0.004;
      together.hand('left', palm);
    });
    expect(together.now['holding']).toBe(true);
    expect(together.body.root.position.x).toBeLessThan(before.x - 0.1);
  });
});

describe('without any clips', () => {
  it('she still stands there, looks and comes nearer', () => {
    const { rig, scene } = makeRig();
    const figure = { scene, rig, clips: clipsOrStill([], rig), faces: [makeFace()], mouths: MOUTHS } as unknown as Loaded;
    const together = new Together(new PersonBody(figure));
    together.cue('be', 'stand', { at: 'stop_point' }).step(1).cue('be', 'approach', { distance_m: 0.9 }).step(4);
    together.cue('be', 'sit', { at: 'picnic' }).cue('act', 'wave').step(2);
    expect(together.mark('crown').y).toBeGreaterThan(1);
    expect(Number.isFinite(Number(together.now['gazeMissRad']))).toBe(true);
  });
});

it('a held hand that goes to her hair is let go, and she does not reach after it', () => {
  const together = near().cue('offer', 'hand').step(1);
  together.hand('left', together.mark('palm_r').add(new Vector3(0.02, -0.01, 0.04))).step(1.6);
  expect(together.now['holding']).toBe(true);
  const crown = together.mark('crown').add(new Vector3(0.03, 0.02, 0));
  const palm = together.visitor.hands.left.position.clone();
  let t = 0;
  together.step(3.5, () => {
    t = Math.min(1, t + FRAME_S / 1.2);
    together.hand('left', palm.clone().lerp(crown, t));
  });
  expect(together.now['holding']).toBe(false);
  expect(together.mark('palm_r').y).toBeLessThan(crown.y - 0.3);
});
