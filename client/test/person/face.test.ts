import { describe, expect, it } from 'vitest';
import { Face } from '../../src/person/face';
import { Mouth } from '../../src/person/mouth';
import { Chance } from '../../src/wire/chance';
import { MOUTHS, makeFace, makeFigure } from './figure';

const FRAME_S = 1 / 72;

function faceAndStep() {
  const mesh = makeFace();
  const mouth = new Mouth(MOUTHS);
  const face = new Face([mesh], mouth, new Chance(3));
  const idle = makeFigure().clips.get('idle')!;
  const step = (seconds: number, seen = () => {}) => {
    for (let t = 0; t < seconds; t += FRAME_S) {
      mouth.update(FRAME_S);
      face.update(FRAME_S, idle, t, null, 0, 0);
      seen();
    }
  };
  return { face, mouth, mesh, step };
}

describe('her face', () => {
  it('smiles with the eyes as well as with the mouth', () => {
    const { face, step } = faceAndStep();
    face.mood('joy', 1, 0.5);
    step(2);
    expect(face.weight('mouthSmileLeft')).toBeGreaterThan(0.6);
    expect(face.weight('cheekSquintLeft')).toBeGreaterThan(0.5);
  });

  it('changes its mood over the time it is given, never at once', () => {
    const { face, step } = faceAndStep();
    step(0.5);
    face.mood('joy', 1, 2);
    let before = face.weight('mouthSmileLeft');
    let largest = 0;
    step(3, () => {
      largest = Math.max(largest, Math.abs(face.weight('mouthSmileLeft') - before));
      before = face.weight('mouthSmileLeft');
    });
    expect(largest).toBeLessThan(0.012);
  });

  it('blinks ten to twenty-five times a minute, and quickly', () => {
    const { face, step } = faceAndStep();
    let shut = 0;
    step(120, () => {
      if (face.weight('eyeBlinkLeft') > 0.9) shut += FRAME_S;
    });
    expect(face.blinks / 2).toBeGreaterThan(10);
    expect(face.blinks / 2).toBeLessThan(25);
    expect(shut / face.blinks).toBeLessThan(0.12);
  });

  it('closes the eyes softly and keeps them closed', () => {
    const { face, step } = faceAndStep();
    step(1);
    face.shutEyes = true;
    step(0.1);
    expect(face.weight('eyeBlinkLeft')).toBeLessThan(0.5);
    step(3);
    expect(face.weight('eyeBlinkLeft')).toBeGreaterThan(0.99);
    const { blinks } = face;
    step(20);
    expect(face.blinks).toBe(blinks);
  });

  it('gives the mouth to the words and keeps the mood around the eyes', () => {
    const { face, mouth, step } = faceAndStep();
    face.mood('joy', 1, 0.3);
    step(2);
    const smile = face.weight('mouthSmileLeft');
    const cheeks = face.weight('cheekSquintLeft');
    mouth.begin(1, [[0, 'aa', 1]], 240000, 24000);
    for (let t = 0; t < 1; t += FRAME_S) {
      mouth.heard(1, 4000);
      step(FRAME_S);
    }
    expect(face.weight('mouthSmileLeft')).toBeLessThan(smile * 0.75);
    expect(face.weight('cheekSquintLeft')).toBeGreaterThan(cheeks * 0.8);
  });

  it('ignores a mood that it does not know', () => {
    const { face, step } = faceAndStep();
    face.mood('fury', 1, 0.1);
    step(1);
    expect(face.weight('mouthSmileLeft')).toBeLessThan(0.3);
  });
});
