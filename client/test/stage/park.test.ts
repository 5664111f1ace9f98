import { Color, type Mesh, type Object3D, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { ANCHOR_NAMES, anchorFrom, BED, HIDE_TREE, PICNIC } from '../../src/stage/anchors';
import { BALL_M, Ball, BallFlight } from '../../src/stage/ball';
import { Blanket } from '../../src/stage/blanket';
import { WAVER_HZ } from '../../src/stage/candles';
import { flowerRoom } from '../../src/stage/grass';
import { heightAt } from '../../src/stage/ground';
import { Fading, LIGHTS, shadeLuminance, skyLuminance } from '../../src/stage/light';
import { FIREFLY_HZ, TWINKLE_HZ } from '../../src/stage/motes';
import { TABLE } from '../../src/stage/picnic';
import { THING_SPOTS } from '../../src/stage/things';
import { TREES } from '../../src/stage/trees';
import { cuesOf, Somebody, STAGE_KINDS, Visit } from './visit';

const STORY = cuesOf();
const CUES = [...STORY.values()].flat().map(({ cue }) => cue);
const PROPS = [...new Set(CUES.filter((cue) => cue.kind === 'prop').map((cue) => cue.target))];
/** Itself and all it belongs to are visible. */
function seen(object: Object3D | null): boolean {
  for (let one = object; one; one = one.parent) if (!one.visible) return false;
  return true;
}

const BANNED = /avatar|bot\b|user|session|delete|error|!|retry/i;

describe('the scenario and the park', () => {
  it('reads the whole pack', () => {
    expect([...STORY.keys()]).toHaveLength(14);
    expect(CUES.length).toBeGreaterThan(150);
    expect(PROPS.length).toBeGreaterThan(15);
  });

  it('knows every cue that is for the place', () => {
    const { stage } = new Visit();
    expect(CUES.filter((cue) => STAGE_KINDS.includes(cue.kind) && !stage.knows(cue))).toEqual([]);
  });

  it.each([
    ['prop', 'dragon', {}],
    ['prop', 'candles', { state: 'exploded' }],
    ['light', 'black', {}],
    ['go', 'nowhere', {}],
    ['place', 'harbour', {}],
    ['say', 'words', {}],
  ])('says so where it does not: %s %s', (kind, target, args) => {
    expect(new Visit().stage.knows({ kind, target, args: args as Record<string, string> })).toBe(false);
  });

  it('brings every prop of the pack and takes it away again', () => {
    const visit = new Visit().beat('show', 1);
    const shown = new Map<string, Object3D>();
    for (const name of PROPS) visit.cue('prop', name, { state: 'on' });
    visit.wait(2);
    for (const name of PROPS) shown.set(name, visit.stage.prop(name)!);
    for (const [name, object] of shown) expect(seen(object), name).toBe(true);
    for (const name of PROPS) visit.cue('prop', name, { state: 'off' });
    for (const name of PROPS) expect(visit.stage.prop(name), name).toBeNull();
    visit.wait(10);
    shown.delete('candles'); // only flames and a place: see the next test
    for (const [name, object] of shown) expect(seen(object), name).toBe(false);
  });

  it('takes the candles away with the cue, and out of a cake that is cut', () => {
    const visit = new Visit().beat('show', 1).beat('table', 41);
    const candles = () => visit.meshes().filter((mesh) => (mesh as Mesh & { count?: number }).count === 7);
    expect(candles()).toHaveLength(1);
    visit.cue('prop', 'cake', { state: 'cut' }).wait(0.5);
    expect(candles()).toHaveLength(0);
  });

  it('offers in plain words whatever the pack offers to hands', () => {
    const hands = ['things', 'match', 'food', 'bubbles', 'ball', 'letter', 'blanket'];
    const met = new Set<string>();
    const visit = new Visit();
    for (const [id, cues] of STORY) {
      visit.beat(id, 12);
      for (const { cue } of cues.filter((one) => one.cue.kind === 'offer' && hands.includes(one.cue.target))) {
        if (cue.target === 'food') visit.cue('prop', 'candles', { state: 'out' });
        visit.cue('offer', cue.target).wait(cue.target === 'bubbles' ? 3 : 0.1);
        expect(visit.stage.hints(), `${id} ${cue.target}`).not.toHaveLength(0);
        for (const hint of visit.stage.hints()) expect(hint).toMatch(/^[A-Z][a-z ]{4,30}$/);
        expect(visit.stage.hints().join()).not.toMatch(BANNED);
        met.add(cue.target);
      }
    }
    expect([...met].sort()).toEqual(hands.sort());
    expect(visit.cue('offer', 'none').stage.hints()).toEqual([]);
  });

  it('hears what should be heard and hides all in a plain room', () => {
    const visit = new Visit().beat('quiet', 1);
    expect(visit.stage.ambience).toEqual({ name: 'park_day', gain: 0.6, fadeS: 6 });
    visit.cue('place', 'room');
    expect(visit.stage.park.group.visible).toBe(false);
    visit.cue('place', 'park');
    expect(visit.stage.park.group.visible).toBe(true);
  });
});

describe('light', () => {
  it('fades from one to the next in its time, without a jump', () => {
    const light = new Fading();
    light.turn('night', 20);
    let before = light.get('fill');
    const first = light.get('topB');
    for (let t = 0; t < 20; t += 0.1) {
      light.step(0.1);
      expect(Math.abs(light.get('fill') - before)).toBeLessThan(0.02);
      before = light.get('fill');
      if (Math.abs(t - 10) < 0.01) expect(light.get('topB')).toBeLessThan(first);
    }
    const night = new Fading();
    night.turn('night', 0);
    light.step(0.2);
    expect([...light.now]).toEqual([...night.now]);
    light.turn('no such light', 3);
    expect(light.name).toBe('night');
  });

  it.each(LIGHTS)('%s is never black and never white, in shade and sky', (name) => {
    expect(shadeLuminance(name)).toBeGreaterThan(0.045);
    expect(shadeLuminance(name)).toBeLessThan(0.6);
    expect(skyLuminance(name)).toBeGreaterThan(0.03);
    expect(skyLuminance(name)).toBeLessThan(0.8);
  });

  it.each(['afternoon', 'golden', 'evening_gold'])('%s is warm, and no tree stands between the sun and the cloth', (name) => {
    const light = new Fading();
    light.turn(name, 0);
    expect(light.get('sunR')).toBeGreaterThan(1.3 * light.get('sunB'));
    const [turn, rise] = [(light.get('azimuth') * Math.PI) / 180, (light.get('elevation') * Math.PI) / 180];
    const [ux, uz] = [Math.sin(turn), Math.cos(turn)];
    for (const tree of TREES) {
      const [dx, dz] = [tree.x - PICNIC.x, tree.z - PICNIC.z];
      const along = dx * ux + dz * uz;
      if (along < 0 || along * Math.tan(rise) > tree.height) continue;
      expect(Math.abs(dx * uz - dz * ux), `tree at ${tree.x} ${tree.z}`).toBeGreaterThan(tree.crown);
    }
  });

  it('draws a veil that is warm, softly', () => {
    const visit = new Visit().beat('quiet', 0).wait(6);
    visit.cue('veil', 'on', { fade_s: 2 }).wait(1);
    expect(visit.stage.veil).toBeGreaterThan(0.3);
    expect(visit.stage.veil).toBeLessThan(0.7);
    visit.wait(1.2);
    expect(visit.stage.veil).toBe(1);
    for (const name of LIGHTS) {
      const colour = visit.cue('light', name, { fade_s: 0 }).stage.park.veilColour(new Color());
      expect(colour.r).toBeGreaterThan(colour.b);
      expect(Math.min(colour.r, colour.g, colour.b)).toBeGreaterThan(0.08);
      expect(Math.max(colour.r, colour.g, colour.b)).toBeLessThan(0.97);
    }
  });

  it('shines by the bed also for who comes to it straight from burning candles', () => {
    const visit = new Visit().beat('show', 1).beat('table', 41);
    const { lamp } = visit.stage.park;
    expect(lamp.intensity).toBeGreaterThan(0.3);
    expect(Math.hypot(lamp.position.x - PICNIC.x, lamp.position.z - PICNIC.z)).toBeLessThan(0.2);
    visit.beat('tired', 12).wait(3);
    expect(lamp.intensity).toBeGreaterThan(0.3);
    expect(Math.hypot(lamp.position.x - BED.x, lamp.position.z - BED.z)).toBeLessThan(1.2);
  });

  it('X10: nothing flickers faster than three times a second', () => {
    for (const hz of [...WAVER_HZ, FIREFLY_HZ, TWINKLE_HZ]) expect(hz).toBeLessThan(3);
  });
});

describe('room at the anchors', () => {
  const flat = (a: Vector3, b: Vector3) => Math.hypot(a.x - b.x, a.z - b.z);

  it.each(ANCHOR_NAMES)('%s has room for both on level ground, away from trunks', (name) => {
    const { person, visitor } = anchorFrom(name, 'start');
    expect(flat(person.position, visitor.position)).toBeGreaterThan(0.6);
    for (const { position } of [person, visitor]) {
      expect(heightAt(position.x, position.z)).toBe(0);
      for (const tree of TREES) expect(Math.hypot(position.x - tree.x, position.z - tree.z)).toBeGreaterThan(tree.trunk + 0.22);
    }
  });

  it('grows no flower where somebody stands, sits or lies', () => {
    for (const [x, z] of [
      [0, 0],
      [0, -2.5],
      [PICNIC.x, PICNIC.z],
      [BED.x, BED.z],
    ] as const)
      expect(flowerRoom(x, z)).toBe(false);
    expect(flowerRoom(-3, -3)).toBe(true);
  });

  it('hides her behind the tree as seen from the start', () => {
    const { position } = anchorFrom('hide_spot', 'start').person;
    const far = Math.hypot(HIDE_TREE.x, HIDE_TREE.z);
    const aside = Math.abs(position.x * HIDE_TREE.z - position.z * HIDE_TREE.x) / far;
    expect(aside).toBeLessThan(0.05);
    expect(position.length()).toBeGreaterThan(far + HIDE_TREE.radius);
  });

  it('lets her sit at the cloth and close by, without a thing or the table under her', () => {
    const over = anchorFrom('picnic', 'picnic').person.position;
    expect(PICNIC.z - TABLE.halfZ - over.z).toBeGreaterThan(0.3);
    const near = anchorFrom('near', 'picnic');
    expect(flat(near.person.position, near.visitor.position)).toBeLessThan(0.9);
    for (const [x, , z] of THING_SPOTS) expect(Math.hypot(x - near.person.position.x, z - near.person.position.z)).toBeGreaterThan(0.45);
  });

  it.each([1.26, 1.67, 1.9])('has a bed long enough for %d m', (height) => {
    const seat = anchorFrom('bed', 'bed', height).person.position;
    expect(seat.z - 0.5 * height - BED.z).toBeGreaterThan(-BED.halfZ);
    expect(seat.z + 0.52 * height - BED.z).toBeLessThan(BED.halfZ);
  });
});

describe('things that move', () => {
  it('lays the blanket over the whole body and not under the bed', () => {
    for (const height of [1.26, 1.67]) {
      const person = new Somebody(height);
      person.lie(anchorFrom('bed', 'bed', height).person.position);
      const blanket = new Blanket(new Visit().stage.park.air);
      blanket.pulled = blanket.tucked = 1;
      for (let i = 0; i < 120; i++) blanket.update(1 / 36, person);
      const places = blanket.mesh.geometry.getAttribute('position');
      for (const mark of ['belly', 'knee_l', 'knee_r', 'palm_r']) {
        const at = person.places.get(mark)!;
        let top = 0;
        for (let i = 0; i < places.count; i++)
          if (Math.hypot(places.getX(i) + BED.x - at.x, places.getZ(i) + BED.z - at.z) < 0.06) top = Math.max(top, places.getY(i));
        expect(top, `${mark} at ${height} m`).toBeGreaterThan(at.y + 0.01);
      }
      for (let i = 0; i < places.count; i++) expect(places.getY(i)).toBeGreaterThan(0.15);
    }
  });

  it('does not bury the rabbit under the blanket', () => {
    const visit = new Visit().beat('tired', 12);
    visit.person!.lie(visit.stage.anchor('bed').person.position);
    const rabbit = visit.stage.prop('rabbit')!.position;
    const before = rabbit.z;
    visit.cue('prop', 'blanket', { state: 'tucked' }).wait(3);
    expect(rabbit.z).toBeLessThan(visit.person!.places.get('chest')!.z - 0.1);
    expect(rabbit.z).toBeLessThan(before);
    expect(rabbit.z - BED.z).toBeGreaterThan(0.1 - BED.halfZ);
  });

  it('lets a ball land on what is there, and one that is out of reach roll back', () => {
    const flight = new BallFlight(() => 0.33);
    flight.place.set(0, 1, 0);
    flight.launch(new Vector3(0.4, 1, 0));
    for (let i = 0; i < 600 && flight.where === 'flying'; i++) flight.fly(1 / 72);
    expect(flight.where).toBe('rest');
    expect(flight.place.y).toBeCloseTo(0.33 + BALL_M, 2);
    const visit = new Visit().beat('show', 1);
    const ball = new Ball(visit.stage.park.air);
    ball.state('on', {});
    const around = { time: 0, visitor: visit.visitor, person: null, here: 'picnic', offer: 'ball', light: new Fading(), act: () => {} };
    ball.update(0.1, around);
    const home = ball.object.position.clone();
    expect(Math.hypot(home.x - visit.visitor.head.x, home.z - visit.visitor.head.z)).toBeLessThan(0.75);
    ball.flight.place.set(home.x, BALL_M, home.z - 4);
    for (let i = 0; i < 400; i++) ball.update(1 / 36, around);
    expect(ball.object.position.distanceTo(visit.visitor.head)).toBeLessThan(1.6);
  });

  it('keeps bubbles out of the eyes', () => {
    const visit = new Visit().beat('show', 1).beat('play', 1);
    const spots = (visit.stage.prop('bubbles') as Mesh).geometry.getAttribute('spot');
    for (let i = 0; i < 900; i++) {
      visit.frame();
      for (let k = 0; k < spots.count; k++) {
        const [x, y, z, radius] = [spots.getX(k), spots.getY(k), spots.getZ(k), spots.getW(k)];
        if (radius > 0) expect(visit.visitor.head.distanceTo(new Vector3(x, y, z))).toBeGreaterThan(0.3);
      }
    }
  });
});

describe('what a frame costs', () => {
  it('stays within its share of calls and triangles in every beat, even if all of it were in view', () => {
    const visit = new Visit();
    for (const id of STORY.keys()) {
      const { calls, triangles } = visit.beat(id, 60).cost();
      expect(calls, id).toBeLessThanOrEqual(84);
      expect(triangles, id).toBeLessThanOrEqual(182_000);
      expect(triangles, id).toBeGreaterThan(60_000);
    }
  });

  it('makes nothing new for each frame', () => {
    const visit = new Visit().beat('show', 1);
    const first = visit.stage.update(0.01, visit.visitor, visit.person);
    expect(visit.stage.update(0.01, visit.visitor, visit.person)).toBe(first);
    expect(visit.stage.anchor('picnic')).toBe(visit.stage.anchor('picnic'));
  });
});
