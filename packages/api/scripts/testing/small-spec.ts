/** A valid document that keeps all rules, for tests to break; `replace` swaps pieces of its text. */
export function smallSpec(replace: Readonly<Record<string, string>> = {}): string {
  let text = source;
  for (const [piece, other] of Object.entries(replace)) {
    if (!text.includes(piece)) throw new Error(`the small document does not contain ${piece}`);
    text = text.replace(piece, other);
  }
  return text;
}

const source = `openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
  license:
    name: MIT
    identifier: MIT
servers:
  - url: https://orders.example.org
paths:
  /orders/{id}:
    parameters:
      - name: id
        in: path
        required: true
        schema:
          type: string
    get:
      operationId: getOrder
      summary: Read an order
      x-retry: safe
      security:
        - OAuth2: [orders.read]
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Order'
              examples:
                paid:
                  value:
                    number: 7
                    state: PAID
        '404':
          $ref: '#/components/responses/NotFound'
    put:
      operationId: replaceOrder
      summary: Replace an order
      x-retry: idempotent
      security:
        - OAuth2: [orders.write, orders.read]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/Order'
            examples:
              open:
                value:
                  number: 8
                  state: OPEN
      responses:
        '204':
          description: Done.
        '404':
          $ref: '#/components/responses/NotFound'
components:
  schemas:
    Order:
      type: object
      required: [number, state]
      properties:
        number:
          type: integer
        state:
          $ref: '#/components/schemas/OrderState'
    OrderState:
      type: string
      enum: [PAID, OPEN]
    Problem:
      type: object
      required: [message]
      properties:
        message:
          type: string
  responses:
    NotFound:
      description: There is no such order.
      content:
        application/json:
          schema:
            $ref: '#/components/schemas/Problem'
          examples:
            missing:
              value:
                message: no order 9
  securitySchemes:
    OAuth2:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://orders.example.org/token
          scopes:
            orders.read: Read orders
            orders.write: Change orders
`;
