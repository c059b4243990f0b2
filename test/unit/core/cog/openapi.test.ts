import { describe, expect, it } from 'vitest';
import { openapiOf } from '../../../../src/core/cog/openapi';
import { readPython } from '../../../../src/core/cog-project/read-python';

interface Document {
  readonly components: {
    readonly schemas: { readonly Input: { required: string[]; properties: Record<string, object> } };
  };
}

/** The input of a `run` with these parameters. */
function inputOf(parameters: string, before = '') {
  const source = `${before}\nclass Runner(BaseRunner):\n    def run(self, ${parameters}) -> str:\n        return ""\n`;
  return (openapiOf(readPython(source), 'Runner') as Document).components.schemas.Input;
}

describe('what must be given', () => {
  it.each([
    ['a: str', ['a']],
    ['a: str = Input(description="x")', ['a']],
    ['a: str = "x"', []],
    ['a: str = Input(default="x")', []],
    ['a: str | None', []],
    ['a: Optional[str] = Input(default=None)', []],
    // As `cog build` says it: None is a default only where the type allows it.
    ['a: int = Input(default=None)', ['a']],
    ['a: int = None', ['a']],
    ['a: Secret = Input(default=None)', []],
    ['a: str = MODEL', []],
    ['a: str = Input(default=MODEL)', []],
    ['a: int = NOTHING', ['a']],
    // Only running it would tell.
    ['a: str = Input(default=os.getenv("X"))', ['a']],
    ['a: str = Inputs.a', ['a']],
  ])('%s', (parameters, required) => {
    expect(inputOf(parameters, 'MODEL = "m"\nNOTHING = None\n').required).toEqual(required);
  });
});

describe('names for literals', () => {
  it('stand for their values, in defaults, descriptions and choices', () => {
    const before = 'FIRST = "a"\nNAMES: list[str] = ["a", "b"]\nSIZES = {"x": 1, "y": 2}\nWHAT = "Which"\n';
    const { properties } = inputOf(
      'a: str = Input(default=FIRST, choices=NAMES + ["c"], description=WHAT), b: str = Input(choices=list(SIZES.keys())), c: int = Input(choices=list(SIZES.values())), d: int = Input(default=1, le=MOST)',
      before,
    );
    expect(properties).toMatchObject({
      a: { default: 'a', enum: ['a', 'b', 'c'], description: 'Which' },
      b: { enum: ['x', 'y'] },
      c: { enum: [1, 2] },
    });
    // Cog drops limits that are not written out.
    expect(properties['d']).not.toHaveProperty('maximum');
  });

  it('that are something else say nothing', () => {
    const { properties } = inputOf(
      'a: str = Input(choices=[name for name in NAMES]), b: str = Input(choices=X)',
      'X = "a"',
    );
    expect(properties['a']).not.toHaveProperty('enum');
    expect(properties['b']).not.toHaveProperty('enum');
  });
});
