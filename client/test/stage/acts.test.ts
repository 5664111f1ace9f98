import { type Mesh, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { BED, PICNIC } from '../../src/stage/anchors';
import { CAKE, CANDLE_M } from '../../src/stage/cake';
import { candleSpot } from '../../src/stage/candles';
import { TABLE } from '../../src/stage/picnic';
import { THING_SPOTS } from '../../src/stage/things';
import { Visit } from './visit';

const FAMILY = { things: [{ id: 'stone_1', caption: 'A stone' }], candles: 3 };
const MATCH = new Vector3(PICNIC.x + 0.02, TABLE.top + 0.012, PICNIC.z + 0.235);
const CAKE_AT = new Vector3(PICNIC.x, (CAKE.foot + CAKE.top) / 2, PICNIC.z);

function atTable(): Visit {
  const visit = new Visit();
  visit.stage.portraitSources(FAMILY);
  visit.beat('show', 1).beat('table', 1);
  return visit;
}

/** Where the hand must be so that the match in it touches wick `i`. */
function overWick(i: number): Vector3 {
  const wick = candleSpot(i, FAMILY.candles, CAKE.radius, new Vector3());
  return wick.add(new Vector3(PICNIC.x, CAKE.top + CANDLE_M + 0.006 - 0.02, PICNIC.z + 0.145));
}

function lightAll(visit: Visit): Visit {
  visit.pinch(MATCH);
  for (let i = 0; i < FAMILY.candles; i++) visit.move(overWick(i), 0.6, true);
  return visit.hand(null).wait(2);
}

function bubbleAt(visit: Visit, i: number): Vector3 {
  const spots = (visit.stage.prop('bubbles') as Mesh).geometry.getAttribute('spot');
  return new Vector3(spots.getX(i), spots.getY(i), spots.getZ(i));
}

describe('by a reaching hand', () => {
  it('picks up a thing of the family, which then follows the hand and goes home', () => {
    const visit = new Visit();
    visit.stage.portraitSources(FAMILY);
    visit.beat('show', 1);
    const home = new Vector3(...THING_SPOTS[0]!);
    visit.hand(home).wait(0.5);
    expect(visit.did('thing_picked')).toBe(0); // a hand that only hovers takes nothing
    visit.pinch(home);
    expect(visit.acts).toContain('thing_picked stone_1');
    expect(visit.pulses).toContain('right');
    visit.move(new Vector3(PICNIC.x, 0.9, PICNIC.z + 0.5), 0.5, true);
    const held = visit.stage.prop('things')!.position;
    expect(held.y).toBeGreaterThan(0.8);
    visit.hand(null).wait(2);
    expect(held.distanceTo(home)).toBeLessThan(0.01);
  });

  it('lights candles one by one with the match', () => {
    const visit = atTable();
    visit.pinch(MATCH).move(overWick(0), 0.8, true);
    expect(visit.did('candle_lit')).toBe(1);
    visit.move(overWick(1), 0.6, true);
    expect(visit.acts.filter((act) => act.startsWith('candle_lit'))).toEqual(['candle_lit candle_0', 'candle_lit candle_1']);
  });

  it.each([
    [
      'a wave',
      (visit: Visit) =>
        visit.hand(CAKE_AT.clone().add(new Vector3(-0.28, 0.15, 0))).move(CAKE_AT.clone().add(new Vector3(0.28, 0.15, 0)), 0.2, false),
    ],
    [
      'leaning close',
      (visit: Visit) => {
        visit.visitor.setHead([PICNIC.x, CAKE.top + 0.2, PICNIC.z + 0.28, 0, 0, 0, 1]);
        return visit.wait(1.5);
      },
    ],
  ])('blows out the candles by %s, and only once they burn', (_, blow) => {
    const dark = atTable();
    blow(dark);
    expect(dark.did('candles_out')).toBe(0);
    const visit = lightAll(atTable());
    expect(visit.did('candle_lit')).toBe(FAMILY.candles);
    blow(visit);
    expect(visit.did('candles_out')).toBe(1);
  });

  it('cuts the cake after the candles, and tastes it at the mouth', () => {
    const visit = lightAll(atTable());
    visit.pinch(CAKE_AT);
    expect(visit.did('cake_cut')).toBe(0);
    visit.hand(null);
    visit.visitor.setHead([PICNIC.x, CAKE.top + 0.2, PICNIC.z + 0.28, 0, 0, 0, 1]);
    visit.wait(1.5).pinch(CAKE_AT);
    expect(visit.did('cake_cut')).toBe(1);
    visit
      .hand(null)
      .cue('offer', 'food')
      .pinch(new Vector3(PICNIC.x - 0.27, TABLE.top + 0.05, PICNIC.z + 0.07));
    expect(visit.did('bite')).toBe(0);
    visit.move(visit.visitor.head.clone().add(new Vector3(0, -0.1, -0.05)), 0.8, true);
    expect(visit.acts).toContain('bite cake');
  });

  it('tastes the soup with the hand at the mouth', () => {
    const visit = atTable().cue('offer', 'food');
    visit
      .pinch(new Vector3(PICNIC.x + 0.3, 0.4, PICNIC.z + 0.13))
      .move(visit.visitor.head.clone().add(new Vector3(0, -0.1, -0.05)), 0.8, true);
    expect(visit.acts).toContain('bite soup');
  });

  it('pops bubbles by touch, and five make a round', () => {
    const visit = atTable().beat('play', 1).wait(9);
    let popped = 0;
    for (let i = 0; i < 14 && popped < 5; i++) {
      const place = bubbleAt(visit, i);
      if (place.y < 0) continue;
      visit.hand(place);
      popped++;
      expect(visit.did('bubble_popped')).toBe(popped);
    }
    expect(popped).toBe(5);
    expect(visit.did('round_done')).toBe(1);
  });

  it('throws the ball with a swing of the arm; one that is let fall is no throw', () => {
    const visit = atTable().beat('play', 1);
    const ball = () => visit.stage.prop('ball')!.position.clone();
    visit.pinch(ball());
    visit.hand(visit.visitor.hands.right.position.clone(), false).wait(1);
    expect(visit.did('ball_thrown')).toBe(0);
    for (let round = 0; round < 2; round++) {
      visit.pinch(ball()).move(ball().add(new Vector3(0, 0.7, 0)), 0.5, true);
      visit
        .move(ball().add(new Vector3(-0.3, 0.15, -0.6)), 0.25, true)
        .hand(null)
        .wait(9);
    }
    expect(visit.did('ball_thrown')).toBe(2);
    expect(visit.did('round_done')).toBe(1);
  });

  it('takes the letter out of her hand', () => {
    const visit = atTable().beat('letter', 1);
    visit.pinch(visit.stage.prop('letter')!.position);
    expect(visit.acts).toEqual(['taken letter']);
  });

  it('draws up the blanket and tucks it in with two pats', () => {
    const visit = new Visit().beat('tired', 12);
    visit.person!.lie(visit.stage.anchor('bed').person.position);
    visit.wait(0.5);
    const edge = new Vector3(BED.x + 0.12, BED.top + 0.05, BED.z + 0.62);
    visit.pinch(edge).move(edge.clone().add(new Vector3(0, 0.05, -0.1)), 0.3, true);
    expect(visit.did('blanket_pulled')).toBe(0);
    visit
      .move(edge.clone().add(new Vector3(0, 0.05, -0.6)), 0.8, true)
      .hand(null)
      .wait(2);
    expect(visit.did('blanket_pulled')).toBe(1);
    const chest = visit
      .person!.places.get('chest')!
      .clone()
      .add(new Vector3(0.1, 0.05, 0));
    visit.pinch(chest).hand(null).pinch(chest);
    expect(visit.did('tucked_in')).toBe(1);
  });
});

describe('by one key on a screen', () => {
  const offered = (beat: string, until: number, offer = ''): Visit => {
    const visit = atTable().beat(beat, until);
    return offer ? visit.cue('offer', offer) : visit;
  };

  it('picks up a thing', () => {
    const visit = new Visit().beat('show', 1).use();
    expect(visit.did('thing_picked')).toBe(1);
  });

  it('lights, blows out, cuts and tastes, in this order', () => {
    const visit = atTable();
    for (let i = 0; i < FAMILY.candles; i++) visit.use();
    expect(visit.did('candle_lit')).toBe(FAMILY.candles);
    visit.wait(2).use();
    expect(visit.did('candles_out')).toBe(1);
    visit.cue('offer', 'food').use();
    expect(visit.did('cake_cut')).toBe(1);
    visit.wait(3).use();
    expect(visit.did('bite')).toBe(1);
  });

  it.each([
    ['play', 1, 'bubbles', 'bubble_popped'],
    ['play', 1, 'ball', 'ball_thrown'],
    ['letter', 1, '', 'taken'],
    ['tired', 12, '', 'blanket_pulled'],
  ])('in %s, at %d s, offered %s: %s', (beat, until, offer, act) => {
    const visit = offered(beat, until, offer).wait(4);
    expect(visit.did(act)).toBe(0);
    visit.use();
    expect(visit.did(act)).toBe(1);
  });

  it('tucks in with the second press', () => {
    const visit = offered('tired', 12).use().use();
    expect(visit.acts).toEqual(['blanket_pulled blanket', 'tucked_in blanket']);
  });

  it('plays two throws for a round', () => {
    const visit = offered('play', 1, 'ball').use().wait(8).use();
    expect(visit.did('round_done')).toBe(1);
  });

  it('does nothing where nothing is offered or near', () => {
    expect(new Visit().beat('quiet', 1).use().acts).toEqual([]);
  });
});
