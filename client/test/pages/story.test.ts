import { Group, type Object3D, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { FAREWELL, FAREWELL_S, LocalFarewell } from '../../src/pages/farewell';
import { Noticing } from '../../src/pages/noticing';
import { Veil } from '../../src/pages/veil';
import { Visitor } from '../../src/wire/visitor';
import type { PersonView, StageView } from '../../src/wire/world';

const spot = (x: number, z: number) => ({ position: new Vector3(x, 0, z), yaw: 0 });
const stage: StageView = { anchor: () => ({ person: spot(-3, -8), visitor: spot(0, 0) }), prop: () => null, ground: () => 0 };

function somebody(x: number, z: number): PersonView & { root: Object3D } {
  const root = new Group();
  root.position.set(x, 0, z);
  return { root, joint: () => null, landmark: (_name, into) => into.copy(root.position).setY(1) };
}

function look(visitor: Visitor, yaw: number): void {
  visitor.setHead([visitor.head.x, 1.6, visitor.head.z, 0, Math.sin(yaw / 2), 0, Math.cos(yaw / 2)]);
}

function acts(
  noticing: Noticing,
  visitor: Visitor,
  person: PersonView | null,
  seconds: number,
  each: (n: number) => void = () => undefined,
) {
  const found: string[] = [];
  for (let n = 0; n < seconds * 30; n += 1) {
    each(n);
    found.push(...noticing.update(1 / 30, visitor, stage, person, 0).map((act) => act.act));
  }
  return found;
}

describe('what is noticed', () => {
  it('looking around by three quarters, once in a part', () => {
    const [noticing, visitor] = [new Noticing(), new Visitor()];
    expect(acts(noticing, visitor, null, 2, (n) => look(visitor, n * 0.02))).not.toContain('looked_around');
    const found = acts(noticing, visitor, null, 12, (n) => look(visitor, n * 0.02));
    expect(found.filter((act) => act === 'looked_around').length).toBe(1);
  });

  it('a look that rests on the hiding place, but not one that passes over it', () => {
    const [noticing, visitor] = [new Noticing(), new Visitor()];
    expect(acts(noticing, visitor, null, 0.8, (n) => look(visitor, n * 0.1))).not.toContain('gaze_hide_spot');
    look(visitor, Math.atan2(3, 8));
    expect(acts(noticing, visitor, null, 1)).toEqual(['gaze_hide_spot']);
  });

  it('looking up at the stars, or down at her, is not turning away; turning round is', () => {
    const [noticing, visitor] = [new Noticing(), new Visitor()];
    const her = somebody(0, -1);
    look(visitor, 0);
    acts(noticing, visitor, her, 1);
    visitor.setHead([0, 1.6, 0, Math.sin(0.6), 0, 0, Math.cos(0.6)]);
    expect(acts(noticing, visitor, her, 6)).not.toContain('turned_away');
    look(visitor, 2.4);
    expect(acts(noticing, visitor, her, 4)).toContain('turned_away');
  });

  it('only the visitor’s own steps are coming nearer, never hers', () => {
    const [noticing, visitor] = [new Noticing(), new Visitor()];
    const her = somebody(0, -8);
    const whileSheRuns = acts(noticing, visitor, her, 3, () => {
      her.root.position.z = Math.min(-2.5, her.root.position.z + 0.08);
    });
    expect(whileSheRuns).not.toContain('visitor_nearer');
    const stepping = acts(noticing, visitor, her, 1, () => visitor.setHead([0, 1.6, visitor.head.z - 0.02, 0, 0, 0, 1]));
    expect(stepping).toContain('visitor_nearer');
  });

  it('turning away counts only after she was looked at, and only when it lasts', () => {
    const [noticing, visitor] = [new Noticing(), new Visitor()];
    const her = somebody(0, -2);
    look(visitor, Math.PI);
    expect(acts(noticing, visitor, her, 5)).not.toContain('turned_away');
    look(visitor, 0);
    acts(noticing, visitor, her, 1);
    look(visitor, Math.PI);
    expect(acts(noticing, visitor, her, 2.5)).not.toContain('turned_away');
    expect(acts(noticing, visitor, her, 1)).toContain('turned_away');
  });

  it('arriving, when the veil is gone', () => {
    const [noticing, visitor] = [new Noticing(), new Visitor()];
    noticing.went('picnic');
    expect(noticing.update(0.1, visitor, stage, null, 0.8)).toEqual([]);
    expect(noticing.update(0.1, visitor, stage, null, 0)).toEqual([{ act: 'arrived', target: 'picnic' }]);
  });
});

describe('test_S4: the goodbye that the page plays by itself', () => {
  it('gives everything once, in order, and ends in the quiet place without her', () => {
    const farewell = new LocalFarewell();
    const found: string[] = [];
    let words = '';
    for (let s = 0; s < 60 && !farewell.over; s += 0.1) {
      for (const part of farewell.advance(0.1)) {
        found.push(...part.cues.map((cue) => `${cue.kind} ${cue.target}`));
        words += part.words ?? '';
      }
    }
    expect(found.length).toBe(FAREWELL.flatMap((part) => part.cues).length);
    expect(found.indexOf('veil on')).toBeLessThan(found.indexOf('be hidden'));
    expect(found.indexOf('be hidden')).toBeLessThan(found.indexOf('veil off'));
    expect(found.some((cue) => cue.startsWith('say'))).toBe(false);
    expect(words).toContain('quiet');
    expect(FAREWELL_S).toBeLessThanOrEqual(60);
  });
});

describe('test_S1: the veil', () => {
  it('is whole within a second and a half, never jumps, and is warm, not black', () => {
    const veil = new Veil();
    veil.draw(1, 1.5);
    let most = 0;
    for (let n = 0; n < 108; n += 1) {
      const before = veil.mesh.material.opacity;
      veil.update(1 / 72, new Vector3());
      most = Math.max(most, Math.abs(veil.mesh.material.opacity - (n === 0 ? 0 : before)));
    }
    expect(veil.whole).toBe(true);
    expect(most).toBeLessThan(0.03);
    const colours = veil.mesh.geometry.getAttribute('color');
    for (let n = 0; n < colours.count; n += 1) expect(colours.getX(n)).toBeGreaterThan(0.2);
    veil.draw(0, 0);
    veil.update(0.01, new Vector3());
    expect(veil.mesh.visible).toBe(false);
  });
});
