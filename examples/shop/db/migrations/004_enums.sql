-- Enumerations. The order of the labels is their sort order.
create type shop.order_status as enum ('placed', 'paid', 'packed', 'shipped', 'delivered', 'cancelled');
create type shop.payment_method as enum ('card', 'transfer', 'wallet', 'on_delivery');
create type shop.payment_status as enum ('pending', 'captured', 'failed', 'refunded');
create type shop.shipment_status as enum ('prepared', 'handed_over', 'delivered', 'lost');
create type shop.movement_reason as enum ('receipt', 'sale', 'return', 'correction', 'transfer');
create type shop.address_kind as enum ('shipping', 'billing');
create type audit.operation as enum ('insert', 'update', 'delete');
