/**
 * What the SARIF 2.1.0 schema demands of the parts that are printed here: required properties, closed objects, and
 * the values of its enumerations. The schema itself is in no package that could be pinned.
 */
const message = {
  type: 'object',
  properties: { text: { type: 'string' }, markdown: { type: 'string' } },
  required: ['text'],
  additionalProperties: false,
};

const artifactLocation = {
  type: 'object',
  // RFC 3986: a relative reference, or an absolute URI; no blank, no letter that is not encoded.
  properties: {
    uri: { type: 'string', pattern: "^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?#-]|%[0-9A-F]{2})+$" },
    uriBaseId: { type: 'string' },
    description: message,
  },
  additionalProperties: false,
};

const positive = { type: 'integer', minimum: 1 };

const region = {
  type: 'object',
  properties: { startLine: positive, startColumn: positive, endLine: positive, endColumn: positive },
  required: ['startLine'],
  additionalProperties: false,
};

const physicalLocation = {
  type: 'object',
  properties: { artifactLocation, region },
  required: ['artifactLocation'],
  additionalProperties: false,
};

const location = {
  type: 'object',
  properties: { id: { type: 'integer', minimum: -1 }, physicalLocation, message },
  additionalProperties: false,
};

const level = { enum: ['none', 'note', 'warning', 'error'] };

const rule = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    shortDescription: message,
    fullDescription: message,
    help: message,
    defaultConfiguration: {
      type: 'object',
      properties: { level },
      additionalProperties: false,
    },
  },
  required: ['id'],
  additionalProperties: false,
};

const fix = {
  type: 'object',
  properties: {
    description: message,
    artifactChanges: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: {
        type: 'object',
        properties: {
          artifactLocation,
          replacements: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              properties: {
                deletedRegion: region,
                insertedContent: {
                  type: 'object',
                  properties: { text: { type: 'string' } },
                  additionalProperties: false,
                },
              },
              required: ['deletedRegion'],
              additionalProperties: false,
            },
          },
        },
        required: ['artifactLocation', 'replacements'],
        additionalProperties: false,
      },
    },
  },
  required: ['artifactChanges'],
  additionalProperties: false,
};

const result = {
  type: 'object',
  properties: {
    ruleId: { type: 'string' },
    ruleIndex: { type: 'integer', minimum: -1 },
    level,
    message,
    locations: { type: 'array', items: location },
    relatedLocations: { type: 'array', uniqueItems: true, items: location },
    fixes: { type: 'array', uniqueItems: true, items: fix },
    partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
    baselineState: { enum: ['new', 'unchanged', 'updated', 'absent'] },
  },
  required: ['message'],
  additionalProperties: false,
};

export const sarifSchema = {
  type: 'object',
  properties: {
    $schema: { type: 'string' },
    version: { enum: ['2.1.0'] },
    runs: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          tool: {
            type: 'object',
            properties: {
              driver: {
                type: 'object',
                properties: {
                  name: { type: 'string' },
                  semanticVersion: { type: 'string' },
                  rules: { type: 'array', uniqueItems: true, items: rule },
                },
                required: ['name'],
                additionalProperties: false,
              },
            },
            required: ['driver'],
            additionalProperties: false,
          },
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          originalUriBaseIds: { type: 'object', additionalProperties: artifactLocation },
          results: { type: 'array', items: result },
        },
        required: ['tool'],
        additionalProperties: false,
      },
    },
  },
  required: ['version', 'runs'],
  additionalProperties: false,
};
